// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/unkind/unkindserver.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QThread>
#include <QUrl>
#include <array>
#include <csignal>
#include <memory>

/*
 * Runs that are killed at random instants, and what became of their incidents: shared by a test of
 * a few kills and a benchmark of many. They are played against the sandbox, which answers with
 * faults, or against a server of another make that is unkind, and counts by itself.
 */
namespace CrashSuite {

constexpr int Incidents = 20;
constexpr int Spacing = 50; // milliseconds

struct Figures
{
    int runs = 0;
    int kills = 0;
    /** Of those, kills of a run that had been resumed before. */
    int killsOfResumed = 0;
    /** Of those, kills of a run that was just being stopped; and runs that ended by a stop. */
    int stops = 0;
    /** Killed before its journal said anything: nothing may have been sent. */
    int notBegun = 0;
    int created = 0;
    int failed = 0;
    int skipped = 0;
    int uncertain = 0;
    /** Deliveries and incidents beyond the first. */
    int duplicates = 0;
    /** Incidents without an end. */
    int lost = 0;
    /** Posts over a connection that had carried one. */
    int reuses = 0;
    /** Incidents that the target has, while the run says that it has not. */
    int unreported = 0;
    QStringList complaints;

    Figures &operator+=(const Figures &other)
    {
        runs += other.runs;
        kills += other.kills;
        killsOfResumed += other.killsOfResumed;
        stops += other.stops;
        notBegun += other.notBegun;
        created += other.created;
        failed += other.failed;
        skipped += other.skipped;
        uncertain += other.uncertain;
        duplicates += other.duplicates;
        lost += other.lost;
        unreported += other.unreported;
        reuses += other.reuses;
        complaints += other.complaints;
        return *this;
    }
};

/** Twenty, each known by its title; prompts, and two that the simulator starts by their ids. */
inline QByteArray timeline()
{
    QJsonArray incidents;
    for (int i = 0; i < Incidents; ++i) {
        QJsonObject incident{{QStringLiteral("delay_seconds"), double(i * Spacing) / 1000},
                             {QStringLiteral("title"), QStringLiteral("Incident %1").arg(i)}};
        if (i % 5 == 3) {
            incident.insert(QStringLiteral("type"), QStringLiteral("llm_generated"));
            incident.insert(QStringLiteral("llm_prompt"),
                            QStringLiteral("The disk of node %1 is full.").arg(i));
        } else {
            incident.insert(QStringLiteral("type"), QStringLiteral("predefined"));
            incident.insert(QStringLiteral("scenario_id"),
                            i == 4   ? QStringLiteral("memory_leak_gradual")
                            : i == 9 ? QStringLiteral("latency_spike_database")
                                     : QStringLiteral("pod_crash_loop"));
        }
        incidents.append(incident);
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("name"), QStringLiteral("Crash")},
                                     {QStringLiteral("incidents"), incidents}})
        .toJson();
}

/** A body; blocking, and without an event loop, so that many threads can. */
inline QJsonObject get(const QUrl &base, const QByteArray &path)
{
    QTcpSocket socket;
    socket.connectToHost(base.host(), quint16(base.port()));
    if (!socket.waitForConnected(5000)) {
        return {};
    }
    socket.write("GET " + path + " HTTP/1.1\r\nHost: " + base.host().toUtf8() +
                 "\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(5000)) {
        answer += socket.readAll();
    }
    answer += socket.readAll();
    return QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4)).object();
}

enum class Peer { Sandbox, Unkind };

class Round
{
public:
    Round(const QString &program, quint32 seed, Peer peer = Peer::Sandbox)
        : m_program(program)
        , m_peer(peer)
        , m_random(seed)
        , m_environment(QProcessEnvironment::systemEnvironment())
    {
        m_environment.insert(QStringLiteral("HOME"), m_home.path());
        for (const char *kind : {"DATA", "STATE", "CONFIG"}) {
            m_environment.insert(QStringLiteral("XDG_%1_HOME").arg(QLatin1String(kind)),
                                 m_home.path() + u'/' + QLatin1String(kind));
        }
        for (const char *name : {"TIMELINE_API_URL", "TIMELINE_API_KEY", "TIMELINE_LLM_PROVIDER",
                                 "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"}) {
            m_environment.remove(QLatin1String(name));
        }
    }

    /**
     * One run, killed or stopped once at least and at most `mostKills` times, then resumed to its
     * end, now firing what was passed and now from where it stopped.
     */
    Figures play(int mostKills)
    {
        m_figures.runs = 1;
        QProcess sandbox;
        if (m_peer == Peer::Unkind) {
            startUnkind();
        } else if (!startSandbox(sandbox)) {
            m_figures.complaints.append(QStringLiteral("The sandbox did not start."));
            return m_figures;
        }
        QFile file(m_home.filePath(QStringLiteral("crash.json")));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(timeline());
            file.close();
        }
        killAtRandom({QStringLiteral("run"), QStringLiteral("--file"), file.fileName(),
                      QStringLiteral("--target"), m_base.toString(), QStringLiteral("--journal"),
                      journal(), QStringLiteral("--reconcile"), QStringLiteral("2"),
                      QStringLiteral("--yes")});
        while (m_figures.kills < mostKills && m_random.bounded(2) == 0) {
            m_figures.killsOfResumed += killAtRandom(resume()) ? 1 : 0;
        }
        QProcess last;
        last.setProcessEnvironment(m_environment);
        last.setStandardInputFile(QProcess::nullDevice());
        last.start(m_program, resume() + QStringList{QStringLiteral("--json")});
        last.waitForFinished(60000);
        judge(last.exitCode(), QJsonDocument::fromJson(last.readAllStandardOutput()).object(),
              last.readAllStandardError());
        if (m_unkind) {
            m_figures.reuses = m_unkind->reuses();
        } else {
            sandbox.kill();
            sandbox.waitForFinished();
        }
        return m_figures;
    }

private:
    QString journal() const { return m_home.filePath(QStringLiteral("run.jsonl")); }
    QStringList resume()
    {
        const bool shifts = m_random.bounded(2) == 0;
        return {QStringLiteral("resume"),
                journal(),
                QStringLiteral("--late"),
                shifts ? QStringLiteral("shift") : QStringLiteral("fire"),
                QStringLiteral("--reconcile"),
                QStringLiteral("2"),
                QStringLiteral("--yes")};
    }

    void startUnkind()
    {
        const auto all = UnkindServer::bearable();
        Manners manners = all[int(m_random.bounded(quint32(all.size())))].second;
        manners.latency = int(m_random.bounded(80));
        m_unkind = std::make_unique<UnkindServer>(manners);
        // Made and not answered, or not made and answered so that nobody can know. Nothing that is
        // a clear no, after which a second delivery would be right.
        static const QList<Mischief> Mischiefs{{}, {500, {}, "{}"}, {502, {}, "{}"}};
        QList<Mischief> mischief;
        for (quint32 i = m_random.bounded(3U); i > 0; --i) {
            mischief.append(Mischiefs[int(m_random.bounded(quint32(Mischiefs.size())))]);
        }
        m_unkind->plan(mischief);
        m_base = m_unkind->baseUrl();
    }

    /** How often each token was delivered. */
    QMap<QString, int> deliveries() const
    {
        if (m_unkind) {
            return m_unkind->deliveries();
        }
        QMap<QString, int> counts;
        const QJsonObject told = get(m_base, "/sandbox/deliveries").value(u"deliveries").toObject();
        for (auto it = told.begin(); it != told.end(); ++it) {
            counts.insert(it.key(), it.value().toInt());
        }
        return counts;
    }

    QList<QJsonObject> incidentsThere() const
    {
        if (m_unkind) {
            return m_unkind->incidents();
        }
        QList<QJsonObject> list;
        for (const QJsonValue &incident :
             get(m_base, "/api/v1/incidents?page_size=100").value(u"items").toArray()) {
            list.append(incident.toObject());
        }
        return list;
    }

    bool startSandbox(QProcess &sandbox)
    {
        QStringList arguments{QStringLiteral("sandbox"), QStringLiteral("--port"),
                              QStringLiteral("0"), QStringLiteral("--latency"),
                              QString::number(m_random.bounded(80))};
        static constexpr std::array Faults{"reset-before:1", "reset-after:1", "500-created:1",
                                           "502:1",          "truncate:1",    "500:1"};
        for (quint32 i = m_random.bounded(3U); i > 0; --i) {
            arguments += {QStringLiteral("--fault"),
                          QLatin1String(Faults[m_random.bounded(quint32(Faults.size()))])};
        }
        sandbox.setProcessEnvironment(m_environment);
        sandbox.start(m_program, arguments);
        while (!sandbox.canReadLine()) {
            if (!sandbox.waitForReadyRead(20000)) {
                return false;
            }
        }
        m_base = QUrl(QString::fromUtf8(sandbox.readLine()).trimmed());
        return m_base.isValid();
    }

    /** True where it was still alive. */
    bool killAtRandom(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.setStandardInputFile(QProcess::nullDevice());
        process.setStandardOutputFile(QProcess::nullDevice());
        process.setStandardErrorFile(QProcess::nullDevice());
        process.start(m_program, arguments);
        process.waitForStarted();
        // From before the journal is there to a little before all is sent.
        QThread::msleep(m_random.bounded(quint32(Incidents * Spacing + 200)));
        if (process.state() == QProcess::Running && m_random.bounded(3) == 0) {
            // Somebody stops it first, and it may come to its end.
            ::kill(pid_t(process.processId()), SIGINT);
            process.waitForFinished(int(m_random.bounded(150U)));
            ++m_figures.stops;
        }
        const bool isAlive = process.state() == QProcess::Running;
        process.kill();
        process.waitForFinished();
        m_figures.kills += isAlive ? 1 : 0;
        return isAlive;
    }

    void complain(const QString &what)
    {
        m_figures.complaints.append(what);
        if (QFile::exists(journal())) {
            const QString kept =
                QStringLiteral("/tmp/crash-%1.jsonl").arg(m_random.generate(), 0, 16);
            QFile::copy(journal(), kept);
            m_figures.complaints.append(kept);
        }
    }

    void judge(int code, const QJsonObject &summary, const QByteArray &said)
    {
        const QMap<QString, int> counted = deliveries();
        const QList<QJsonObject> there = incidentsThere();
        const QJsonArray incidents = summary.value(u"incidents").toArray();
        if (incidents.isEmpty()) {
            if (code == 2 && counted.isEmpty() && there.isEmpty()) {
                ++m_figures.notBegun;
            } else {
                m_figures.lost += Incidents;
                complain(QStringLiteral("No summary: ") + QString::fromUtf8(said));
            }
            return;
        }
        for (auto it = counted.begin(); it != counted.end(); ++it) {
            if (it.value() > 1) {
                m_figures.duplicates += it.value() - 1;
                complain(QStringLiteral("Delivered twice: ") + it.key());
            }
        }
        QHash<QString, int> counts; // by title, or by scenario where the simulator made it
        QHash<QString, QString> ids;
        for (const QJsonObject &incident : there) {
            const QJsonObject context = incident.value(u"context").toObject();
            const QString key = context.contains(u"client_token")
                                    ? incident.value(u"title").toString()
                                    : context.value(u"scenario_id").toString();
            ++counts[key];
            ids.insert(incident.value(u"id").toString(), key);
        }
        for (const QJsonValue &value : incidents) {
            const QJsonObject incident = value.toObject();
            const int index = incident.value(u"index").toInt();
            const QString state = incident.value(u"state").toString();
            const QString title = QStringLiteral("Incident %1").arg(index);
            const int count =
                counts.value(title) + (index == 4 || index == 9
                                           ? counts.value(incident.value(u"scenario_id").toString())
                                           : 0);
            if (count > 1) {
                m_figures.duplicates += count - 1;
                complain(title + QStringLiteral(" exists twice"));
            }
            if (state == u"created") {
                ++m_figures.created;
                if (!ids.contains(incident.value(u"incident_id").toString())) {
                    complain(title + QStringLiteral(" is said to be created, and is not there"));
                    ++m_figures.unreported;
                }
            } else if (state == u"uncertain") {
                ++m_figures.uncertain;
            } else if (state == u"failed" || state == u"skipped") {
                ++(state == u"failed" ? m_figures.failed : m_figures.skipped);
                if (count > 0) {
                    complain(title + QStringLiteral(" is there, and is said to be ") + state);
                    ++m_figures.unreported;
                }
            } else {
                ++m_figures.lost;
                complain(title + QStringLiteral(" ended as ") + state);
            }
        }
        if (incidents.size() != Incidents) {
            m_figures.lost += Incidents - int(incidents.size());
        }
    }

    QString m_program;
    Peer m_peer;
    std::unique_ptr<UnkindServer> m_unkind;
    QRandomGenerator m_random;
    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    QUrl m_base;
    Figures m_figures;
};

} // namespace CrashSuite
