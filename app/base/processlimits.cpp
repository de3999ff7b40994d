// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/processlimits.h"

#include <QtGlobal>

#include <algorithm>
#include <limits>

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/resource.h>

void ProcessLimits::raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int ProcessLimits::descriptorLimit()
{
    constexpr rlim_t Most = std::numeric_limits<int>::max();
    rlimit limit{};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? int(std::min(limit.rlim_cur, Most)) : 0;
}

int ProcessLimits::descriptorsLeft()
{
    DIR *folder = ::opendir("/proc/self/fd");
    if (!folder) {
        return 0;
    }
    int open = -3; // ".", ".." and the folder itself
    while (::readdir(folder)) {
        ++open;
    }
    ::closedir(folder);
    return std::max(0, descriptorLimit() - open);
}

void ProcessLimits::keepMemoryPrivate(Privacy privacy)
{
#ifdef NDEBUG
    if (!qEnvironmentVariableIsSet("ORCHESTRATOR_CORE_DUMPS")) {
        forbidDumps(privacy);
    }
#else
    Q_UNUSED(privacy)
#endif
}

void ProcessLimits::forbidDumps(Privacy privacy)
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    if (privacy == Privacy::NoObserver) {
        ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    }
}
