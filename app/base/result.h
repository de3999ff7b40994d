// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <tl/expected.hpp>

/** What went wrong, as one whole sentence for the user, with its place where there is one. */
struct Error
{
    QString message;
    /** 1-based; 0 where the error has no place in a text. Columns count Unicode characters; where a
     *  whole line is meant the column is 0, and the sentence names the line itself. */
    int line = 0;
    int column = 0;
    /** RFC 6901; empty for the whole document or where there is none. */
    QString pointer;

    /** "12:5 (/incidents/3): sentence", or the sentence alone where there is no place. */
    QString toString() const;
};

template<typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(const QString &message)
{
    return tl::make_unexpected(Error{message, 0, 0, {}});
}
