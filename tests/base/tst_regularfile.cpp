// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/regularfile.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

namespace {

void put(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

/** A way of reading in the sources that is not readRegularFile(), and why it is right there. */
struct Exception
{
    const char *file;
    const char *code;
    const char *why;
};

constexpr Exception Exceptions[] = {
    {"app/base/regularfile.cpp", "::open(QFile::encodeName(path)", "the reader itself"},
    {"app/cli/timelineinput.cpp", "::open(QFile::encodeName(path)", "a pipe that a command names"},
    {"app/journal/runjournal.cpp", "::open(QFile::encodeName(path)", "makes a new file (O_EXCL)"},
    {"app/journal/runjournal.cpp", "::open(QFile::encodeName(folder)", "a folder, to sync it"},
    {"app/sandbox/sandboxconnection.cpp", "m_socket->readAll()", "a socket"},
    {"app/net/httpclient.cpp", "reply->readAll()", "a network answer, with its own cap"},
    {"app/net/onceonlybody.cpp", "open(QIODevice::ReadOnly", "a device of its own, over memory"},
    {"ui/report/pdfpages.cpp", "m_buffer.open(QIODevice::ReadWrite", "memory"},
    {"ui/export/exportcommands.cpp", "buffer.open(QIODevice::ReadWrite", "memory"},
};

} // namespace

/** Files are read in one way, which never waits, never fills the memory and says what is wrong. */
class TestRegularFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWholeFiles();
    void readsFilesThatSayNoSize();
    void refusesEverythingElseAtOnce();
    void keepsToTheCap();
    void usesTheCallersWords();
    void commandsRefusePipesAndDevices_data();
    void commandsRefusePipesAndDevices();
    void nothingReadsAnotherWay();
};

void TestRegularFile::readsWholeFiles()
{
    const QTemporaryDir dir;
    for (const qsizetype size : {qsizetype(0), qsizetype(1), qsizetype(65536), qsizetype(200001)}) {
        const QString path = dir.filePath(QString::number(size));
        QByteArray text(size, 'x');
        text.append("\0\r\n", 3);
        put(path, text);
        QCOMPARE(readRegularFile(path, 1024 * 1024).value_or("refused"), text);
        const QString link = path + u".link";
        QVERIFY(QFile::link(path, link));
        QCOMPARE(readRegularFile(link, 1024 * 1024).value_or("refused"), text);
    }
}

void TestRegularFile::readsFilesThatSayNoSize()
{
    const Result<QByteArray> version = readRegularFile(QStringLiteral("/proc/version"), 65536);
    QVERIFY(version && version->startsWith("Linux"));
}

void TestRegularFile::refusesEverythingElseAtOnce()
{
    const QTemporaryDir dir;
    const QString pipe = dir.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const QString link = dir.filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(QStringLiteral("/dev/zero"), link));
    const QString loop = dir.filePath(QStringLiteral("loop"));
    QVERIFY(QFile::link(loop, loop));
    const std::pair<QString, QString> cases[] = {
        {pipe, QStringLiteral("a pipe or a device")},
        {link, QStringLiteral("a pipe or a device")},
        {QStringLiteral("/dev/zero"), QStringLiteral("a pipe or a device")},
        {dir.path(), QStringLiteral("a folder")},
        {dir.filePath(QStringLiteral("none")), QStringLiteral("does not exist")},
        {dir.filePath(QStringLiteral("no/none")), QStringLiteral("does not exist")},
        {loop, QStringLiteral("cannot be opened")},
    };
    for (const auto &[path, says] : cases) {
        QElapsedTimer timer;
        timer.start();
        const Result<QByteArray> text = readRegularFile(path, 1000);
        QVERIFY(!text);
        QVERIFY2(text.error().message.startsWith(u'“' + path + u'”') &&
                     text.error().message.contains(says),
                 qPrintable(text.error().message));
        QVERIFY(timer.elapsed() < 1000);
    }
}

void TestRegularFile::keepsToTheCap()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a"));
    put(path, QByteArray(1000, 'x'));
    QVERIFY(readRegularFile(path, 1000));
    const Result<QByteArray> text = readRegularFile(path, 999);
    QVERIFY(!text);
    QVERIFY2(text.error().message.contains(QStringLiteral("more than 999 bytes")),
             qPrintable(text.error().message));
    // Its size says 0, so only counting while reading can stop it.
    QVERIFY(!readRegularFile(QStringLiteral("/proc/version"), 10));
    QFile sparse(dir.filePath(QStringLiteral("sparse")));
    QVERIFY(sparse.open(QIODevice::WriteOnly) && sparse.resize(8LL * 1024 * 1024 * 1024 * 1024));
    const Result<QByteArray> large = readRegularFile(sparse.fileName(), 4LL * 1024 * 1024);
    QVERIFY(!large && large.error().message.contains(QStringLiteral("more than 4 MB")));
}

void TestRegularFile::usesTheCallersWords()
{
    const Result<QByteArray> text =
        readRegularFile(QStringLiteral("/nowhere"), 1, QStringLiteral("The plan “nowhere”"));
    QVERIFY(!text);
    QVERIFY(text.error().message.startsWith(QStringLiteral("The plan “nowhere” cannot be read:")));
}

void TestRegularFile::commandsRefusePipesAndDevices_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    for (const char *command : {"report", "replay", "resume"}) {
        for (const char *path : {"pipe", "/dev/zero"}) {
            QTest::addRow("%s %s", command, path)
                << QStringList{QString::fromLatin1(command), QString::fromLatin1(path)} << 2;
        }
    }
    // They stand among the user's own files as well, and hide none of the others.
    QTest::newRow("scenarios") << QStringList{QStringLiteral("scenarios")} << 0;
    QTest::newRow("list") << QStringList{QStringLiteral("list")} << 0;
}

void TestRegularFile::commandsRefusePipesAndDevices()
{
    QFETCH(QStringList, arguments);
    const QTemporaryDir home;
    const QDir dir(home.path());
    QVERIFY(dir.mkpath(QStringLiteral("data/timeline-orchestrator/scenarios")) &&
            dir.mkpath(QStringLiteral("data/timeline-orchestrator/timelines")));
    for (const char *pipe : {"pipe", "data/timeline-orchestrator/scenarios/pipe.json",
                             "data/timeline-orchestrator/timelines/pipe.json"}) {
        const QString path = dir.filePath(QString::fromLatin1(pipe));
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    }
    for (const char *kind : {"scenarios", "timelines"}) {
        QVERIFY(QFile::link(QStringLiteral("/dev/zero"),
                            dir.filePath(QStringLiteral("data/timeline-orchestrator/%1/zero.json")
                                             .arg(QString::fromLatin1(kind)))));
    }
    QProcess command;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_DATA_HOME"), dir.filePath(QStringLiteral("data")));
    environment.insert(QStringLiteral("XDG_STATE_HOME"), dir.filePath(QStringLiteral("state")));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), dir.filePath(QStringLiteral("config")));
    command.setProcessEnvironment(environment);
    command.setWorkingDirectory(home.path());
    command.setStandardInputFile(QProcess::nullDevice());
    command.start(QStringLiteral(PROGRAM_DIR "/timeline-orchestrator-cli"), arguments);
    if (!command.waitForFinished(20000)) {
        command.kill();
        command.waitForFinished();
        QFAIL("The command waits for what is not a file.");
    }
    const QByteArray said = command.readAllStandardError() + command.readAllStandardOutput();
    QVERIFY2(command.exitStatus() == QProcess::NormalExit, said.constData());
    QFETCH(int, exitCode);
    QVERIFY2(command.exitCode() == exitCode, said.constData());
    if (exitCode == 2) {
        QVERIFY2(said.contains("a pipe or a device"), said.constData());
    }
}

void TestRegularFile::nothingReadsAnotherWay()
{
    static const QRegularExpression reading(QStringLiteral(
        R"((?<!\w)::open\(|\bfopen\(|\bifstream\b|\bfstream\b|QTextStream|\breadAll\(|\breadLine\()"
        R"(|(QIODevice|QIODeviceBase|QFile|QFileDevice)::(ReadOnly|ReadWrite)\b|::mmap\()"));
    QSet<int> used;
    int sources = 0;
    for (const char *root : {"app", "ui"}) {
        QDirIterator files(QStringLiteral(PROJECT_SOURCE_DIR "/") + QLatin1String(root),
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            ++sources;
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            int number = 0;
            for (const QByteArray &line : file.readAll().split('\n')) {
                ++number;
                if (!reading.match(QString::fromUtf8(line)).hasMatch()) {
                    continue;
                }
                bool isException = false;
                for (int i = 0; i < int(std::size(Exceptions)); ++i) {
                    if (path.endsWith(QLatin1String(Exceptions[i].file)) &&
                        line.contains(Exceptions[i].code)) {
                        isException = true;
                        used.insert(i);
                    }
                }
                QVERIFY2(isException,
                         qPrintable(QStringLiteral("%1:%2 reads without readRegularFile(): %3")
                                        .arg(path)
                                        .arg(number)
                                        .arg(QString::fromUtf8(line.trimmed()))));
            }
        }
    }
    QVERIFY(sources > 300);
    for (int i = 0; i < int(std::size(Exceptions)); ++i) {
        QVERIFY2(used.contains(i), qPrintable(QStringLiteral("No longer needed: %1 (%2)")
                                                  .arg(QLatin1String(Exceptions[i].file),
                                                       QLatin1String(Exceptions[i].why))));
    }
}

QTEST_GUILESS_MAIN(TestRegularFile)
#include "tst_regularfile.moc"
