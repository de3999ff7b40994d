// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/markup.h"

/** The frame of a page that needs nothing but itself, with the look that all reports share. */
class ReportPage
{
public:
    explicit ReportPage(const QString &title);

    Markup &body() { return m_body; }
    /** A heading of the page, and of a column of it. */
    void heading(const QString &text);
    QByteArray toBytes() const;

private:
    QString m_title;
    Markup m_body;
};
