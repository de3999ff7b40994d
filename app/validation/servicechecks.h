// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/validation/timelinevalidator.h"

/** Says what is wrong with a service's name and which names are allowed. */
QString wrongServiceName(const QString &name);
/** Names in quotation marks, with commas between them; of many, only the first. */
QString quotedNames(const QStringList &names);
/** Returns what is wrong with the services of a timeline, and with the names of its metrics. */
QList<Problem> serviceProblems(const Timeline &timeline);
