// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

/*
 * Names for characters that nobody sees, or that look like others: what editors, chats and
 * spreadsheets put in place of plain ones.
 */

/** "U+2011 (non-breaking hyphen)", "U+0430 (Cyrillic letter)", "U+00FC (ü)". */
QString characterName(char32_t character);

/**
 * The ASCII character that was most likely meant: - for U+2011, a for the Cyrillic U+0430. 0 if the
 * character should be deleted, or if nothing can be said.
 */
char plainCharacter(char32_t character);

/** Whether the character is not seen at all, or is easily taken for an ASCII one. */
bool isDeceptive(char32_t character);

/** The first character of the text that isDeceptive(). */
std::optional<char32_t> deceptiveCharacter(QStringView text);

/** "SUBJECT contains U+2011 (non-breaking hyphen); use -." */
QString characterAdvice(char32_t character, const QString &subject);

/** The sentence, and the advice behind it if the text has a deceptive character. */
QString withCharacterAdvice(const QString &sentence, QStringView text);
