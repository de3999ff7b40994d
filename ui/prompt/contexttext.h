// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QJsonObject>

/** A scenario's context as people write it: a line for each key, "recent_deployment: v2.6.1". */
QString contextText(const QJsonObject &context);
/** From such lines, or from the text of a JSON object. */
Result<QJsonObject> contextFromText(const QString &text);
