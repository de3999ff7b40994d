// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/signalwatch.h"

#include <QSocketNotifier>

#include <csignal>

#include <sys/signalfd.h>
#include <unistd.h>

namespace {

sigset_t watched()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

SignalWatch::SignalWatch()
{
    const sigset_t set = watched();
    // Blocked in every thread, the signals arrive at the descriptor alone.
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    const int descriptor = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    m_notifier = new QSocketNotifier(descriptor, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this, descriptor] {
        signalfd_siginfo info{};
        if (::read(descriptor, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
            Q_EMIT interrupted();
        }
    });
}

SignalWatch::~SignalWatch()
{
    ::close(static_cast<int>(m_notifier->socket()));
    const sigset_t set = watched();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}
