// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

inline const QString Program = QStringLiteral(PROGRAM_DIR "/timeline-orchestrator-cli");

struct Outcome
{
    int code = -1;
    QByteArray out;
    QByteArray err;
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

/** The program in a home of its own, with a sandbox beside it where a test wants one. */
class CliStage : public QObject
{
protected:
    void reset()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_sandbox.reset();
    }
    QProcessEnvironment environment() const;
    Outcome call(const QStringList &arguments, const QProcessEnvironment &environment);
    /** With that text in a pipe on its standard input. */
    Outcome feed(const QByteArray &input, const QStringList &arguments);
    Outcome call(const QStringList &arguments) { return call(arguments, environment()); }
    /** The base URL of a sandbox in a process of its own, which ends with this object's test. */
    QString startSandbox(const QStringList &options = {});
    QString writeTimeline(const QByteArray &text);

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<QProcess> m_sandbox;
};

inline QProcessEnvironment CliStage::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), m_home->path());
    for (const char *kind : {"DATA", "STATE", "CONFIG"}) {
        environment.insert(QStringLiteral("XDG_%1_HOME").arg(QLatin1String(kind)),
                           m_home->path() + u'/' + QLatin1String(kind));
    }
    for (const char *name : {"TIMELINE_API_URL", "TIMELINE_API_KEY", "TIMELINE_LLM_PROVIDER",
                             "TIMELINE_LLM_URL", "TIMELINE_LLM_MODEL", "TIMELINE_LLM_KEY",
                             "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"}) {
        environment.remove(QLatin1String(name));
    }
    return environment;
}

inline Outcome CliStage::call(const QStringList &arguments, const QProcessEnvironment &environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(Program, arguments);
    process.waitForFinished(60000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

inline Outcome CliStage::feed(const QByteArray &input, const QStringList &arguments)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(Program, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

inline QString CliStage::startSandbox(const QStringList &options)
{
    m_sandbox = std::make_unique<QProcess>();
    m_sandbox->setProcessEnvironment(environment());
    m_sandbox->start(Program, QStringList{QStringLiteral("sandbox"), QStringLiteral("--port"),
                                          QStringLiteral("0")} +
                                  options);
    [&] { QTRY_VERIFY(m_sandbox->canReadLine()); }();
    return QString::fromUtf8(m_sandbox->readLine()).trimmed();
}

inline QString CliStage::writeTimeline(const QByteArray &text)
{
    const QString path = m_home->filePath(QStringLiteral("mine.json"));
    QFile file(path);
    [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
    file.write(text);
    return path;
}
