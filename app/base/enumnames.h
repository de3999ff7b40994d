// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QString>
#include <array>
#include <optional>

/** The value of an enumeration whose names stand in its order; nothing for another text. */
template<typename Enum, size_t Size>
std::optional<Enum> fromName(const std::array<const char *, Size> &names, const QString &text)
{
    for (size_t i = 0; i < Size; ++i) {
        if (text == QLatin1String(names[i])) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}
