// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/** What a timeline's text says in a way that is read all the same, or passed over. */
struct ReadRemark
{
    enum class Kind {
        ForeignType, ///< an optional key of another type: it stays in the text and is not used
        Spelling,    ///< read, but others may not read it
    };

    Kind kind = Kind::ForeignType;
    QString message;
    /** The JSON pointer of the value in the text that was read. */
    QString pointer;
    int line = 0;
    int column = 0;
    /** The member of the timeline that it is about: "incidents", "markers", "name", … */
    QString part;
    /** The element of `part` if that is a list, in the text's order; otherwise -1. */
    int row = -1;
    /** The member of that element, or of `part` if that is an object; empty for the part itself. */
    QString key;
    /** The variable, or the metric, where the value is one of an object of texts; otherwise empty.
     */
    QString variable;
};
