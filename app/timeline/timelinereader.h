// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/jsontext.h"
#include "app/model/timeline.h"
#include "app/timeline/readremark.h"

#include <QStringList>

/** What a timeline's text says. */
struct TimelineText
{
    Timeline timeline;
    /** Keys that it has not, for which a default was taken. */
    QStringList missing;
    /** The remarks, in the order of the text. */
    QList<ReadRemark> remarks;
};

/**
 * The error carries its place. `fallbackName` stands in if the text names no timeline. A null is
 * the same as no value for every key that may be missing.
 */
Result<TimelineText> readTimeline(const JsonText &json, const QString &fallbackName);
