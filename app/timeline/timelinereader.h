// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/jsontext.h"
#include "app/timeline/timeline.h"

#include <QStringList>

/** What a timeline's text says. */
struct TimelineText
{
    Timeline timeline;
    /** Keys that it has not, for which a default was taken. */
    QStringList missing;
};

/** The error carries its place. `fallbackName` stands in where the text names no timeline. */
Result<TimelineText> readTimeline(const JsonText &json, const QString &fallbackName);
