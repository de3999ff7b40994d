// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/signalwatch.h"

#include <QSocketNotifier>

#include <atomic>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace {

/** Where the handler writes; no mask of signals, since started programs would inherit it. */
std::atomic<int> g_signalPipe{-1};

void noteSignal(int number)
{
    const int before = errno;
    const auto byte = static_cast<char>(number);
    // A full pipe means that there is plenty to read already.
    [[maybe_unused]] const ssize_t written = ::write(g_signalPipe.load(), &byte, 1);
    errno = before;
}

} // namespace

SignalWatch::SignalWatch()
{
    if (::pipe2(m_ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        return; // no descriptor is left: the signals end the program as they always do
    }
    g_signalPipe = m_ends[1];
    m_notifier = new QSocketNotifier(m_ends[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &SignalWatch::read);
    for (const int number : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGPIPE}) {
        struct sigaction before
        {};
        ::sigaction(number, nullptr, &before);
        if (number == SIGHUP && before.sa_handler == SIG_IGN) {
            continue;
        }
        struct sigaction action
        {};
        action.sa_handler = number == SIGPIPE ? SIG_IGN : noteSignal;
        action.sa_flags = SA_RESTART;
        sigemptyset(&action.sa_mask);
        ::sigaction(number, &action, nullptr);
        m_before.emplace_back(number, before);
    }
}

SignalWatch::~SignalWatch()
{
    for (const auto &[number, before] : m_before) {
        ::sigaction(number, &before, nullptr);
    }
    if (m_notifier) {
        m_notifier->setEnabled(false);
        g_signalPipe = -1;
        ::close(m_ends[0]);
        ::close(m_ends[1]);
    }
}

void SignalWatch::read()
{
    char number = 0;
    while (::read(m_ends[0], &number, 1) == 1) {
        // The kernel and the shell both tell of a closed terminal; this isn't a second Ctrl+C.
        if (number == SIGHUP && m_isInterrupted) {
            continue;
        }
        m_isInterrupted = true;
        Q_EMIT interrupted();
    }
}
