// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/processlimits.h"

#include <QTest>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/** What the system lets this process do. */
class TestProcessLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void raisesAndCountsDescriptors();
    void forbidsDumps();
};

void TestProcessLimits::raisesAndCountsDescriptors()
{
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit low{128, before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);
    QCOMPARE(ProcessLimits::descriptorLimit(), 128);
    const int left = ProcessLimits::descriptorsLeft();
    QVERIFY(left > 0 && left < 128);
    const int one = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    QCOMPARE(ProcessLimits::descriptorsLeft(), left - 1);
    ::close(one);
    QCOMPARE(ProcessLimits::descriptorsLeft(), left);

    ProcessLimits::raiseDescriptorLimit();
    rlimit now{};
    ::getrlimit(RLIMIT_NOFILE, &now);
    QCOMPARE(now.rlim_cur, before.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &before);
}

void TestProcessLimits::forbidsDumps()
{
    ProcessLimits::forbidDumps(ProcessLimits::Privacy::NoDump);
    rlimit limit{1, 1};
    ::getrlimit(RLIMIT_CORE, &limit);
    QCOMPARE(limit.rlim_cur, rlim_t(0));
    QCOMPARE(::prctl(PR_GET_DUMPABLE), 1);
    ProcessLimits::forbidDumps(ProcessLimits::Privacy::NoObserver);
    QCOMPARE(::prctl(PR_GET_DUMPABLE), 0);
    // The process itself still sees its own files, and where its program lies.
    QVERIFY(ProcessLimits::descriptorsLeft() > 0);
    char path[4096];
    QVERIFY(::readlink("/proc/self/exe", path, sizeof path) > 0);
    ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

QTEST_APPLESS_MAIN(TestProcessLimits)
#include "tst_processlimits.moc"
