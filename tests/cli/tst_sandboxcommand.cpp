// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/clistage.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QUrl>

#include <sys/stat.h>

/** The sandbox as a program of its own: where it listens, and whom it answers. */
class TestSandboxCommand : public CliStage
{
    Q_OBJECT

private:
    /** The status of a GET there, with these headers besides Host. */
    static int get(const QUrl &base, const QByteArray &path, const QByteArray &headers = {},
                   QByteArray host = {});
    QString writeKey(const QByteArray &text, mode_t mode = 0600);

private Q_SLOTS:
    void init() { reset(); }
    void refuses_data();
    void refuses();
    void takesTheKeyFromAFile();
    void takesTheKeyFromTheEnvironment();
    void warnsOfAKeyThatOthersSee();
    void listensWhereItIsTold();
    void answersToAllowedNames();
};

int TestSandboxCommand::get(const QUrl &base, const QByteArray &path, const QByteArray &headers,
                            QByteArray host)
{
    if (host.isEmpty()) {
        host = base.authority().toLatin1();
    }
    QTcpSocket socket;
    socket.connectToHost(base.host(), quint16(base.port()));
    socket.write("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" +
                 headers + "\r\n");
    [&] { QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState); }();
    return socket.readAll().mid(9, 3).toInt();
}

QString TestSandboxCommand::writeKey(const QByteArray &text, mode_t mode)
{
    const QString path = m_home->filePath(QStringLiteral("key"));
    QFile file(path);
    [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
    file.write(text);
    file.close();
    ::chmod(QFile::encodeName(path).constData(), mode);
    return path;
}

void TestSandboxCommand::refuses_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const QStringList &options, const char *word) {
        QTest::newRow(name) << options << QString::fromUtf8(word);
    };
    const QString listen = QStringLiteral("--listen");
    const QString file = QStringLiteral("--key-file");
    row("the network without a key", {listen, QStringLiteral("0.0.0.0")}, "needs a key");
    row("all of IPv6 without a key", {listen, QStringLiteral("[::]")}, "needs a key");
    row("no address", {listen, QStringLiteral("nowhere")}, "“nowhere”");
    row("another machine's address",
        {listen, QStringLiteral("192.0.2.1"), QStringLiteral("--key"), QStringLiteral("k")},
        "192.0.2.1");
    row("an empty key", {QStringLiteral("--key"), QString()}, "holds no key");
    row("two keys", {QStringLiteral("--key"), QStringLiteral("k"), file, QStringLiteral("f")},
        "exclude");
    row("no key file", {file, QStringLiteral("/nowhere/key")}, "/nowhere/key");
    row("a device as key file", {file, QStringLiteral("/dev/zero")}, "/dev/zero");
    row("a folder as key file", {file, QStringLiteral("/")}, "/");
    row("an allowed port", {QStringLiteral("--allow-host"), QStringLiteral("a:80")},
        "without a port");
    row("an allowed nothing", {QStringLiteral("--allow-host"), QString()}, "host name");
}

void TestSandboxCommand::refuses()
{
    QFETCH(QStringList, options);
    QFETCH(QString, word);
    const Outcome outcome =
        call(QStringList{QStringLiteral("sandbox"), QStringLiteral("--port"), QStringLiteral("0")} +
             options);
    QCOMPARE(outcome.code, 2);
    QVERIFY2(QString::fromUtf8(outcome.err).contains(word), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
}

void TestSandboxCommand::takesTheKeyFromAFile()
{
    const QString path = writeKey("  from-the-file \nanother line\n");
    const QUrl base(startSandbox({QStringLiteral("--key-file"), path}));
    QCOMPARE(get(base, "/api/v1/incidents"), 401);
    QCOMPARE(get(base, "/sandbox/deliveries"), 401);
    QCOMPARE(get(base, "/sandbox/deliveries", "X-API-Key: from-the-file\r\n"), 200);
    QCOMPARE(get(base, "/health"), 200);
    m_sandbox->terminate();
    QVERIFY(m_sandbox->waitForFinished());
    QVERIFY2(!m_sandbox->readAllStandardError().contains("600"), "it warns of a private file");

    for (const QByteArray text : {"", " \n", "\nsecond line", "two words"}) {
        writeKey(text);
        const Outcome outcome = call({QStringLiteral("sandbox"), QStringLiteral("--port=0"),
                                      QStringLiteral("--key-file"), path});
        QCOMPARE(outcome.code, 2);
    }
}

void TestSandboxCommand::takesTheKeyFromTheEnvironment()
{
    qputenv("TIMELINE_SANDBOX_KEY", "from-the-environment");
    const QUrl base(startSandbox());
    const QString path = writeKey("from-the-file");
    const std::unique_ptr<QProcess> first = std::move(m_sandbox);
    QCOMPARE(get(base, "/v1/models"), 401);
    QCOMPARE(get(base, "/v1/models", "Authorization: Bearer from-the-environment\r\n"), 200);
    // What is said on the command line comes first.
    const QUrl other(startSandbox({QStringLiteral("--key-file"), path}));
    qunsetenv("TIMELINE_SANDBOX_KEY");
    QCOMPARE(get(other, "/v1/models", "X-API-Key: from-the-environment\r\n"), 403);
    QCOMPARE(get(other, "/v1/models", "X-API-Key: from-the-file\r\n"), 200);
    first->kill();
    first->waitForFinished();
}

void TestSandboxCommand::warnsOfAKeyThatOthersSee()
{
    const auto errorsOf = [this](const QStringList &options) {
        startSandbox(options);
        m_sandbox->terminate();
        [&] { QVERIFY(m_sandbox->waitForFinished()); }();
        return m_sandbox->readAllStandardError();
    };
    QVERIFY(errorsOf({QStringLiteral("--key"), QStringLiteral("k")}).contains("list of processes"));
    QVERIFY(errorsOf({QStringLiteral("--key-file"), writeKey("k", 0644)}).contains("chmod 600"));
    const QByteArray quiet = errorsOf({});
    QVERIFY2(!quiet.contains("Other users"), quiet.constData());
}

void TestSandboxCommand::listensWhereItIsTold()
{
    const QString key = writeKey("k");
    const QUrl second(startSandbox({QStringLiteral("--listen"), QStringLiteral("127.0.0.2")}));
    QCOMPARE(second.host(), QStringLiteral("127.0.0.2"));
    QCOMPARE(get(second, "/health"), 200);

    // What it prints can be used at once, here.
    const QUrl everywhere(startSandbox({QStringLiteral("--listen"), QStringLiteral("0.0.0.0"),
                                        QStringLiteral("--key-file"), key}));
    QCOMPARE(everywhere.host(), QStringLiteral("127.0.0.1"));
    QCOMPARE(get(everywhere, "/health"), 200);
    QCOMPARE(get(everywhere, "/health", {}, "evil.example"), 403);

    QTcpSocket probe; // a machine without IPv6 has no ::1 to listen on
    if (probe.bind(QHostAddress(QHostAddress::LocalHostIPv6))) {
        const QString line = startSandbox({QStringLiteral("--listen"), QStringLiteral("::1")});
        QVERIFY2(line.startsWith(QStringLiteral("http://[::1]:")), qPrintable(line));
        QCOMPARE(get(QUrl(line), "/health"), 200);
    }
}

void TestSandboxCommand::answersToAllowedNames()
{
    const QUrl base(startSandbox({QStringLiteral("--allow-host"), QStringLiteral("drill.example"),
                                  QStringLiteral("--allow-host"), QStringLiteral("sandbox")}));
    QCOMPARE(get(base, "/health", {}, "sandbox:8000"), 200);
    QCOMPARE(get(base, "/health", {}, "drill.example"), 200);
    QCOMPARE(get(base, "/health", {}, "evil.example"), 403);
    QCOMPARE(get(base, "/health", "Origin: http://drill.example\r\n"), 200);
    QCOMPARE(get(base, "/health", "Origin: http://evil.example\r\n"), 403);
}

QTEST_GUILESS_MAIN(TestSandboxCommand)
#include "tst_sandboxcommand.moc"
