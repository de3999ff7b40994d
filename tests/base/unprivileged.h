// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <sys/fsuid.h>
#include <unistd.h>

/**
 * While it lives, the file system treats this thread as nobody's if it is root's, whom no mode
 * stops. Whoever else runs the tests is stopped by modes anyway.
 */
class Unprivileged
{
public:
    Unprivileged()
    {
        if (::geteuid() == 0) {
            ::setfsgid(Nobody);
            ::setfsuid(Nobody);
        }
    }
    ~Unprivileged()
    {
        if (::geteuid() == 0) {
            ::setfsuid(0);
            ::setfsgid(0);
        }
    }
    Q_DISABLE_COPY_MOVE(Unprivileged)

private:
    static constexpr unsigned Nobody = 65534;
};
