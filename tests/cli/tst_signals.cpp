// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clistage.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSet>

#include <csignal>
#include <vector>

#include <pty.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/** A run whose terminal, user or system does something to its process. */
class TestSignals : public CliStage
{
    Q_OBJECT

private:
    QString m_journal;

    QString sixInARow();
    /** The kinds of records in the run's journal, in order. */
    QStringList records() const;
    /** Starts a run of six incidents, a second apart, and waits for the first. */
    std::unique_ptr<QProcess> startRun(const std::function<void()> &before = {});
    /** A stopped run is finished in its journal too, and nothing was sent after the stop. */
    void checkStopped() const;

private Q_SLOTS:
    void init();
    void endsWithASummary_data();
    void endsWithASummary();
    void ignoresAHangupAsItsStarterDid();
    void outlivesItsTerminal_data();
    void outlivesItsTerminal();
    void outlivesTheReaderOfItsOutput();
    void makesDoWithFewDescriptors_data();
    void makesDoWithFewDescriptors();
    void keepsItsFilesToTheUser();
    void saysWhyAFolderCannotBeMade();
};

void TestSignals::init()
{
    reset();
    m_journal = m_home->filePath(QStringLiteral("run.jsonl"));
}

QString TestSignals::sixInARow()
{
    QByteArray incidents;
    for (int i = 0; i < 6; ++i) {
        incidents += QByteArray(i > 0 ? "," : "") + R"({"delay_seconds":)" + QByteArray::number(i) +
                     R"(,"type":"predefined","scenario_id":"pod_crash_loop")" +
                     (i == 3 ? R"(,"hold":true})" : "}");
    }
    return writeTimeline(R"({"name":"Six","incidents":[)" + incidents + "]}");
}

QStringList TestSignals::records() const
{
    QFile file(m_journal);
    QStringList kinds;
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd()) {
            kinds.append(
                QJsonDocument::fromJson(file.readLine())[QLatin1String("record")].toString());
        }
    }
    return kinds;
}

std::unique_ptr<QProcess> TestSignals::startRun(const std::function<void()> &before)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment());
    process->setStandardInputFile(QProcess::nullDevice());
    process->setChildProcessModifier(before);
    process->start(Program, {QStringLiteral("run"), QStringLiteral("--file"), sixInARow(),
                             QStringLiteral("--journal"), m_journal});
    [&] { QTRY_VERIFY(records().contains(QStringLiteral("created"))); }();
    return process;
}

void TestSignals::checkStopped() const
{
    const QStringList kinds = records();
    QVERIFY2(kinds.contains(QStringLiteral("stopped")), qPrintable(kinds.join(u' ')));
    QCOMPARE(kinds.last(), QStringLiteral("finished"));
    QVERIFY(kinds.count(QStringLiteral("sending")) < 6);
}

void TestSignals::endsWithASummary_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("interrupt") << SIGINT;
    QTest::newRow("terminate") << SIGTERM;
    QTest::newRow("hang up") << SIGHUP;
    QTest::newRow("quit") << SIGQUIT;
}

void TestSignals::endsWithASummary()
{
    QFETCH(int, number);
    const auto run = startRun();
    ::kill(static_cast<pid_t>(run->processId()), number);
    if (number == SIGHUP) {
        ::kill(static_cast<pid_t>(run->processId()), number); // kernel and shell both tell of it
    }
    QVERIFY(run->waitForFinished(20000));
    QCOMPARE(run->exitStatus(), QProcess::NormalExit);
    QCOMPARE(run->exitCode(), 130);
    QVERIFY(run->readAllStandardOutput().contains(" 0 uncertain, in "));
    checkStopped();
}

void TestSignals::ignoresAHangupAsItsStarterDid()
{
    const auto run = startRun([] { ::signal(SIGHUP, SIG_IGN); });
    ::kill(static_cast<pid_t>(run->processId()), SIGHUP);
    QTRY_VERIFY_WITH_TIMEOUT(records().count(QStringLiteral("created")) == 3, 20000);
    QVERIFY(!records().contains(QStringLiteral("stopped")));
    ::kill(static_cast<pid_t>(run->processId()), SIGTERM);
    QVERIFY(run->waitForFinished(20000));
    QCOMPARE(run->exitCode(), 130);
    checkStopped();
}

void TestSignals::outlivesItsTerminal_data()
{
    QTest::addColumn<bool>("staysOn");
    QTest::newRow("and stops") << false;
    QTest::newRow("and goes on, as nohup wants it") << true;
}

void TestSignals::outlivesItsTerminal()
{
    QFETCH(bool, staysOn);
    const QByteArray file = QFile::encodeName(sixInARow());
    const QByteArray journal = QFile::encodeName(m_journal);
    const QByteArray program = QFile::encodeName(Program);
    std::vector<QByteArray> set;
    for (const QString &variable : environment().toStringList()) {
        set.push_back(variable.toLocal8Bit());
    }
    std::vector<char *> variables;
    for (QByteArray &variable : set) {
        variables.push_back(variable.data());
    }
    variables.push_back(nullptr);
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
        if (staysOn) {
            ::signal(SIGHUP, SIG_IGN);
        }
        ::execle(program.constData(), program.constData(), "run", "--file", file.constData(),
                 "--journal", journal.constData(), static_cast<char *>(nullptr), variables.data());
        ::_exit(127);
    }
    QVERIFY(child > 0);
    QByteArray seen;
    char buffer[4096];
    while (!seen.contains("Press Enter to start.")) {
        const ssize_t count = ::read(terminal, buffer, sizeof buffer);
        QVERIFY(count > 0);
        seen.append(buffer, count);
    }
    QCOMPARE(::write(terminal, "\n", 1), 1);
    QTRY_VERIFY(records().contains(QStringLiteral("created")));

    ::close(terminal); // nobody sees it any more, and what it prints goes nowhere
    int status = -1;
    QVERIFY(QTest::qWaitFor([&] { return ::waitpid(child, &status, WNOHANG) == child; }, 20000));
    QVERIFY(WIFEXITED(status));
    if (staysOn) {
        // Nobody can open the hold any more, and that its words were lost is no success.
        QCOMPARE(WEXITSTATUS(status), 1);
        QCOMPARE(records().count(QStringLiteral("created")), 6);
    } else {
        QCOMPARE(WEXITSTATUS(status), 130);
        checkStopped();
    }
}

void TestSignals::outlivesTheReaderOfItsOutput()
{
    const auto run = startRun();
    run->closeReadChannel(QProcess::StandardOutput);
    run->closeReadChannel(QProcess::StandardError);
    QVERIFY(run->waitForFinished(30000));
    QCOMPARE(run->exitStatus(), QProcess::NormalExit);
    QCOMPARE(records().count(QStringLiteral("created")), 6);
    QCOMPARE(records().last(), QStringLiteral("finished"));
}

void TestSignals::makesDoWithFewDescriptors_data()
{
    QTest::addColumn<int>("limit");
    for (const int limit : {256, 512, 768}) {
        QTest::addRow("%d", limit) << limit;
    }
}

void TestSignals::makesDoWithFewDescriptors()
{
    QFETCH(int, limit);
    QByteArray incidents;
    for (int i = 0; i < 400; ++i) {
        incidents += QByteArray(i > 0 ? "," : "") +
                     R"({"delay_seconds":1,"type":"predefined","scenario_id":"pod_crash_loop"})";
    }
    QProcess run;
    run.setProcessEnvironment(environment());
    run.setStandardInputFile(QProcess::nullDevice());
    run.setChildProcessModifier([limit] {
        const rlimit few{rlim_t(limit), rlim_t(limit)};
        ::setrlimit(RLIMIT_NOFILE, &few);
    });
    run.start(Program, {QStringLiteral("run"), QStringLiteral("--file"),
                        writeTimeline(R"({"name":"All","incidents":[)" + incidents + "]}"),
                        QStringLiteral("--json")});
    QVERIFY(run.waitForFinished(60000));
    QCOMPARE(run.exitStatus(), QProcess::NormalExit);
    const QJsonObject summary = QJsonDocument::fromJson(run.readAllStandardOutput()).object();
    QCOMPARE(summary.value(u"created").toInt(), 400);
    QCOMPARE(run.exitCode(), 0);
    QVERIFY(run.readAllStandardError().contains(
        QByteArray("Only " + QByteArray::number(limit) + " files may be open at once here")));
}

void TestSignals::keepsItsFilesToTheUser()
{
    const auto modeOf = [this](const char *name) {
        struct stat about = {};
        const QByteArray path = QFile::encodeName(m_home->filePath(QLatin1String(name)));
        return ::stat(path.constData(), &about) == 0 ? about.st_mode & 0777 : 0;
    };
    // As an earlier version left it.
    QDir(m_home->path()).mkpath(QStringLiteral("CONFIG/timeline-orchestrator"));
    QFile old(m_home->filePath(QStringLiteral("CONFIG/timeline-orchestrator/window.ini")));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.close();
    old.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    QFile::setPermissions(m_home->filePath(QStringLiteral("CONFIG/timeline-orchestrator")),
                          QFile::ExeOwner | QFile::ReadOwner | QFile::WriteOwner |
                              QFile::ReadOther | QFile::ExeOther);
    QCOMPARE(call({QStringLiteral("run"), QStringLiteral("--scenario"),
                   QStringLiteral("pod_crash_loop")})
                 .code,
             0);
    QCOMPARE(modeOf("CONFIG/timeline-orchestrator"), mode_t(0700));
    QCOMPARE(modeOf("CONFIG/timeline-orchestrator/window.ini"), mode_t(0600));
    QCOMPARE(modeOf("STATE/timeline-orchestrator"), mode_t(0700));
    QCOMPARE(modeOf("STATE/timeline-orchestrator/runs"), mode_t(0700));
}

void TestSignals::saysWhyAFolderCannotBeMade()
{
    const Outcome outcome =
        call({QStringLiteral("run"), QStringLiteral("--scenario"), QStringLiteral("pod_crash_loop"),
              QStringLiteral("--journal"), QStringLiteral("/dev/null/runs/a.jsonl")});
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains("cannot be made: Not a directory."), outcome.err.constData());
}

QTEST_GUILESS_MAIN(TestSignals)
#include "tst_signals.moc"
