// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <initializer_list>
#include <utility>

/**
 * Writes HTML and SVG that are XML as well: whatever is put in as text or as the value of an
 * attribute stays text, and every element is closed as both kinds of readers want it.
 */
class Markup
{
public:
    using Attributes = std::initializer_list<std::pair<const char *, QString>>;

    Markup &open(const char *tag, Attributes attributes = {});
    Markup &close();
    Markup &text(const QString &text);
    /** An element with nothing but that text in it. */
    Markup &element(const char *tag, Attributes attributes, const QString &text);
    /** An element that never has anything in it: br, path, rect. */
    Markup &leaf(const char *tag, Attributes attributes = {});
    /** What another one has written. */
    Markup &add(const QString &markup);

    QString toString() const { return m_text; }

private:
    void tag(const char *tag, Attributes attributes);

    QString m_text;
    QStringList m_open;
};

/** A number for an attribute, to a hundredth. */
QString svgNumber(double number);
