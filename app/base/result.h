// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <tl/expected.hpp>

/** What went wrong, as one whole sentence for the user, with its place if there is one. */
struct Error
{
    Error() = default;
    /** An error without a place in a text; `pointer` may say to which value it belongs. */
    explicit Error(const QString &sentence, const QString &value = {})
        : message(sentence)
        , pointer(value)
    {}
    Error(const QString &sentence, int atLine, int atColumn, const QString &value = {})
        : message(sentence)
        , line(atLine)
        , column(atColumn)
        , pointer(value)
    {}

    QString message;
    /** 1-based; 0 if the error has no place in a text. Columns count Unicode characters. If a whole
     * line is meant the column is 0, and the sentence names the line itself. */
    int line = 0;
    int column = 0;
    /** RFC 6901; empty for the whole document and if there is none. */
    QString pointer;

    /** Returns "12:5 (/incidents/3): sentence", or the sentence alone if there is no place. */
    QString toString() const;
};

template<typename T>
using Result = tl::expected<T, Error>;

/** Returns the error of a function that fails with this sentence. */
inline tl::unexpected<Error> fail(const QString &message)
{
    return tl::make_unexpected(Error(message));
}
