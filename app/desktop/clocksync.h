// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/continuation.h"
#include "app/desktop/desktopbuses.h"

#include <QObject>
#include <functional>
#include <optional>

/** Whether something keeps this machine's wall clock right. */
class ClockSync : public QObject
{
    Q_OBJECT

public:
    /** Absent if it cannot be told. */
    using Answer = std::optional<bool>;
    using Kernel = std::function<Answer()>;

    /** `kernel` is asked first; the bus if that cannot tell. */
    explicit ClockSync(const DesktopBuses &buses, Kernel kernel = askKernel,
                       QObject *parent = nullptr);

    /** Answers once and never before it returned, unless the context is gone by then. */
    void read(const Continuation<Answer> &done);

    /** adjtimex(2), which changes nothing here. */
    static Answer askKernel();

private:
    DesktopBuses m_buses;
    Kernel m_kernel;
};
