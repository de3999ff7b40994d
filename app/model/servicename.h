// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

inline constexpr auto DefaultServiceName = "payment-service";

/** True for what the incident API takes as a service: ^[a-zA-Z0-9_-]{1,255}$. */
bool isValidServiceName(const QString &name);
