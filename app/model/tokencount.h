// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/** The tokens that a model has read and written, as it counts them itself; 0 if it does not say. */
struct TokenCount
{
    qint64 prompt = 0;
    qint64 completion = 0;

    qint64 total() const { return prompt + completion; }
    TokenCount &operator+=(const TokenCount &other)
    {
        prompt += other.prompt;
        completion += other.completion;
        return *this;
    }
    bool operator==(const TokenCount &) const = default;
};
