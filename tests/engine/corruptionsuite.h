// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/engine/player.h"
#include "app/engine/recordedrun.h"
#include "app/engine/runresume.h"
#include "app/journal/runjournal.h"
#include "app/run/runeventcodec.h"
#include "countingserver.h"
#include "fakeincidentapi.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QTemporaryDir>
#include <array>

/*
 * Runs that were killed, and whose journals were damaged before they go on: shared by a test of
 * some and a benchmark of many. The server counts.
 */
namespace CorruptionSuite {

constexpr int Incidents = 8;

struct Figures
{
    int rounds = 0;
    /** Damaged so that the run cannot go on, which was said. */
    int refused = 0;
    /** Nothing was left to do. */
    int finished = 0;
    int resumed = 0;
    /** Changed, and taken for whole. */
    int unnoticed = 0;
    int created = 0;
    int failed = 0;
    int skipped = 0;
    int uncertain = 0;
    /** Deliveries of a token beyond the first. */
    int duplicates = 0;
    /** Incidents without an end. */
    int lost = 0;
    /** Said to be created, and not there; or said not to be sent, and there. */
    int untrue = 0;
    QStringList complaints;

    Figures &operator+=(const Figures &other)
    {
        rounds += other.rounds;
        refused += other.refused;
        finished += other.finished;
        resumed += other.resumed;
        unnoticed += other.unnoticed;
        created += other.created;
        failed += other.failed;
        skipped += other.skipped;
        uncertain += other.uncertain;
        duplicates += other.duplicates;
        lost += other.lost;
        untrue += other.untrue;
        complaints += other.complaints;
        return *this;
    }
};

/** A server on that clock, whose modes follow from the seed. */
using MakeServer = std::function<std::unique_ptr<CountingServer>(Clock &clock, quint32 seed)>;

class Round
{
public:
    Round(quint32 seed, const MakeServer &makeServer)
        : m_seed(seed)
        , m_random(seed)
        , m_server(makeServer(m_clock, seed))
    {}

    ~Round()
    {
        kill();
        m_server.reset();
        // Timers that wait to be deleted know the clock.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    Figures play()
    {
        m_figures.rounds = 1;
        begin();
        act();
        if (m_random.bounded(4) == 0) {
            // It went on once before it was damaged.
            kill();
            if (goOn()) {
                act();
            }
        }
        kill();
        const QByteArray before = text();
        damage();
        if (!goOn()) {
            checkUntouched(before);
            return m_figures;
        }
        ++m_figures.resumed;
        m_figures.unnoticed += m_plan.warning.isEmpty() ? 1 : 0;
        if (m_plan.warning.isEmpty()) {
            complain(QStringLiteral("The damage was not noticed"));
        }
        const Instant latest = m_clock.now() + std::chrono::hours(2);
        while (!m_isFinished && m_clock.nextDeadline() < latest) {
            advance(std::max(Duration(0), m_clock.nextDeadline() - m_clock.now()));
        }
        judge();
        return m_figures;
    }

    /**
     * Cuts the journal of a run behind every line and at some bytes, as if the process had ended
     * there, and has another take up what is left. All that was being sent by then counts as
     * delivered: a token that is sent again is a duplicate.
     */
    Figures playPrefixes()
    {
        begin();
        act();
        kill();
        const QByteArray all = text();
        QList<qsizetype> cuts;
        for (qsizetype end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', end + 1)) {
            cuts.append(end + 1);
        }
        for (int i = 0; i < 10; ++i) {
            cuts.append(m_random.bounded(int(all.size())));
        }
        for (const qsizetype cut : cuts) {
            ++m_figures.rounds;
            resumePrefix(all.first(cut));
        }
        return m_figures;
    }

private:
    /** The tokens that were sent by the whole lines of a journal, unless a clear no followed
     * or the user had it sent again. */
    static QSet<QString> tokensSent(const QByteArray &journal)
    {
        QHash<int, QString> tokens; // by index
        QSet<QString> sent;
        for (const QByteArray &line : journal.first(journal.lastIndexOf('\n') + 1).split('\n')) {
            const RunEvent event = runEventFromJson(QJsonDocument::fromJson(line).object());
            if (const auto *prepared = event.as<Prepared>()) {
                tokens.insert(prepared->index, prepared->token);
            } else if (const auto *sending = event.as<Sending>()) {
                sent.insert(tokens.value(sending->index));
            } else if (const auto *waiting = event.as<Waiting>()) {
                sent.remove(tokens.value(waiting->index));
            } else if (const auto *refired = event.as<Refired>()) {
                sent.remove(tokens.value(refired->index)); // the user wanted it once more
            } else if (const auto *skipped = event.as<Skipped>()) {
                // One that had gone out is skipped only after a clear no, which a stop met.
                sent.remove(tokens.value(skipped->index));
            }
        }
        return sent;
    }

    void resumePrefix(const QByteArray &prefix)
    {
        write(prefix);
        const Result<RunPlan> plan = resumePlan(path(), LatePolicy::SendNow);
        if (!plan) {
            const bool isOver = plan.error().message.contains(u"finished");
            ++(isOver ? m_figures.finished : m_figures.refused);
            if (!isOver && prefix.contains('\n')) {
                complain(QStringLiteral("At %1: %2").arg(prefix.size()).arg(plan.error().message));
            }
            return;
        }
        ++m_figures.resumed;
        QSet<QString> sent = tokensSent(prefix);
        FakeIncidentApi api(m_clock);
        m_plan = *plan;
        m_plan.holdsOpen = true;
        m_plan.reconcile = std::chrono::seconds(5);
        m_journal = *RunJournal::reopen(path());
        m_isFinished = false;
        m_player = std::make_unique<Player>(m_clock, api, *m_journal, m_plan);
        QObject::connect(m_player.get(), &Player::finished, m_player.get(),
                         [this] { m_isFinished = true; });
        m_player->start();
        settle();
        const Instant latest = m_clock.now() + std::chrono::hours(2);
        while (!m_isFinished && m_clock.nextDeadline() < latest) {
            advance(std::max(Duration(0), m_clock.nextDeadline() - m_clock.now()));
        }
        if (!m_isFinished) {
            complain(QStringLiteral("At %1: it does not end").arg(prefix.size()));
        }
        for (const FakeIncidentApi::Sent &one : api.sent) {
            if (sent.contains(one.token)) {
                ++m_figures.duplicates;
                complain(
                    QStringLiteral("At %1: “%2” is sent twice").arg(prefix.size()).arg(one.title));
            }
            sent.insert(one.token);
        }
        kill();
    }

    QString path() const { return m_dir.filePath(QStringLiteral("run.jsonl")); }

    QByteArray text() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    RunEvent runRecord() const
    {
        QJsonArray incidents;
        for (int i = 0; i < m_plan.incidents.size(); ++i) {
            const PlannedIncident &planned = m_plan.incidents[i];
            incidents.append(QJsonObject{
                {QStringLiteral("index"), i},
                {QStringLiteral("id"), planned.incident.id},
                {QStringLiteral("title"), planned.title},
                {QStringLiteral("delay_seconds"), double(planned.incident.delay.count()) / 1000},
                {QStringLiteral("type"), QStringLiteral("predefined")},
                {QStringLiteral("scenario_id"), QStringLiteral("pod_crash_loop")},
                {QStringLiteral("titled"), true},
                {QStringLiteral("service_name"), QStringLiteral("billing")},
                {QStringLiteral("sends"), planned.sends}});
        }
        const Instant now = m_clock.now();
        return runEventFromJson(
            {{QStringLiteral("record"), QStringLiteral("run")},
             {QStringLiteral("at_ms"), 0},
             {QStringLiteral("version"), RunJournal::Version},
             {QStringLiteral("boot_id"), RunJournal::bootId()},
             {QStringLiteral("host"), thisComputer()},
             {QStringLiteral("run_id"), QStringLiteral("damaged")},
             {QStringLiteral("target"), QStringLiteral("http://127.0.0.1:9/api/v1")},
             {QStringLiteral("speed"), 1},
             {QStringLiteral("holds_open"), true},
             {QStringLiteral("started_at"), m_clock.wall().toString(Qt::ISODateWithMs)},
             {QStringLiteral("boot_ms"), toMilliseconds(bootTimeAt(m_clock, now))},
             {QStringLiteral("wall"), wallAt(m_clock, now).toString(Qt::ISODateWithMs)},
             {QStringLiteral("incidents"), incidents}});
    }

    void begin()
    {
        for (int i = 0; i < Incidents; ++i) {
            PlannedIncident planned;
            planned.title = QStringLiteral("Incident %1").arg(i);
            planned.incident.id = planned.title;
            planned.incident.delay = std::chrono::milliseconds(150 * i);
            planned.incident.enabled = i != 5;
            planned.sends = planned.incident.enabled;
            planned.draft.title = planned.title;
            planned.draft.serviceName = QStringLiteral("billing");
            m_plan.incidents.append(planned);
        }
        m_plan.holdsOpen = true;
        m_plan.reconcile = std::chrono::seconds(5);
        m_journal = *RunJournal::create(path());
        listen();
        m_journal->append(runRecord());
        start();
    }

    void listen()
    {
        m_record = RunRecord();
        QObject::connect(m_journal.get(), &RunJournal::recorded, m_journal.get(),
                         [this](const RunEvent &event) { take(event); });
    }

    void take(const RunEvent &event)
    {
        m_record.apply(event);
        if (const auto *prepared = event.as<Prepared>()) {
            m_indices.insert(prepared->token, prepared->index);
        } else if (const auto *refired = event.as<Refired>()) {
            m_refired.insert(refired->index);
        }
    }

    void start()
    {
        m_isFinished = false;
        m_client = m_server->connect();
        m_player = std::make_unique<Player>(m_clock, *m_client, *m_journal, m_plan);
        QObject::connect(m_player.get(), &Player::finished, m_player.get(),
                         [this] { m_isFinished = true; });
        m_player->start();
        settle();
    }

    void settle()
    {
        QCoreApplication::processEvents();
        m_server->settle();
    }

    void advance(Duration by)
    {
        m_clock.advance(by);
        settle();
    }

    /** For as long as chance has it, with a user who meddles. */
    void act()
    {
        for (int i = m_random.bounded(60); i > 0 && !m_isFinished; --i) {
            advance(std::chrono::milliseconds(m_random.bounded(60)));
            const int index = m_random.bounded(Incidents);
            switch (m_random.bounded(12)) {
            case 0:
            case 1:
                m_player->refire(index);
                break;
            case 2:
                m_player->skip(index);
                break;
            case 3:
                m_player->pause();
                break;
            case 4:
                m_player->takeBack(index);
                break;
            case 5:
                if (m_random.bounded(4) == 0) {
                    m_player->stop();
                }
                break;
            default:
                if (m_player->state() == RunState::Paused) {
                    m_player->resume();
                }
                break;
            }
        }
        // It may end with something on its way.
        m_clock.advance(std::chrono::milliseconds(m_random.bounded(200)));
    }

    /** As the process ends: nobody writes or hears anything any more. */
    void kill()
    {
        m_player.reset();
        m_journal.reset();
        if (m_client) {
            m_client->abortAll(); // with a process, its connections go
            QCoreApplication::processEvents();
        }
        m_client.reset();
    }

    void damage()
    {
        QByteArray all = text();
        QList<QByteArray> lines = all.chopped(1).split('\n');
        const auto anyLine = [&] { return m_random.bounded(int(lines.size())); };
        switch (m_seed % 6) {
        case 0: {
            const int from = anyLine();
            int to = anyLine();
            to = to == from ? (from + 1) % int(lines.size()) : to;
            lines.swapItemsAt(from, to);
            break;
        }
        case 1: {
            const int from = anyLine();
            lines.insert(m_random.bounded(2) == 0 ? from : anyLine() + 1, lines[from]);
            break;
        }
        case 2:
            // All but the last, whose loss leaves no trace.
            for (int i = 1 + m_random.bounded(3); i > 0 && lines.size() > 1; --i) {
                lines.removeAt(m_random.bounded(int(lines.size()) - 1));
            }
            break;
        default:
            damageBytes(all);
            write(all);
            return;
        }
        write(lines.join('\n') + '\n');
    }

    void damageBytes(QByteArray &all)
    {
        const int size = int(all.size());
        if (m_seed % 6 == 3) {
            const int from = m_random.bounded(size);
            const int count = std::min(1 + m_random.bounded(2000), size - from);
            all.replace(from, count, QByteArray(count, '\0'));
            return;
        }
        for (int i = 1 + m_random.bounded(3); i > 0; --i) {
            char &byte = all.data()[m_random.bounded(size)];
            byte = m_seed % 6 == 4 ? char(byte ^ (1 << m_random.bounded(8)))
                                   : char(byte + 1 + m_random.bounded(255));
        }
    }

    void write(const QByteArray &all) const
    {
        QFile file(path());
        if (file.open(QIODevice::WriteOnly)) {
            file.write(all);
        }
    }

    /** Another process takes the run up; false where it says that it cannot. */
    bool goOn()
    {
        static constexpr std::array Choices{LatePolicy::SendNow, LatePolicy::Skip,
                                            LatePolicy::Shift};
        const Result<RunPlan> plan = resumePlan(path(), Choices[m_random.bounded(3U)]);
        if (!plan) {
            m_refusal = plan.error().message;
            return false;
        }
        m_plan = *plan;
        m_plan.holdsOpen = true;
        m_plan.reconcile = std::chrono::seconds(5);
        m_journal = *RunJournal::reopen(path());
        listen();
        for (const RunEvent &entry : m_plan.resumption->run.events) {
            m_record.apply(entry);
        }
        start();
        return true;
    }

    void checkUntouched(const QByteArray &before)
    {
        const bool isOver = m_refusal.contains(u"finished");
        ++(isOver ? m_figures.finished : m_figures.refused);
        if (!m_refusal.endsWith(u'.') || text().isEmpty() || before.isEmpty()) {
            complain(QStringLiteral("Refused with: ") + m_refusal);
        }
        countDuplicates();
    }

    void complain(const QString &what)
    {
        m_figures.complaints.append(QStringLiteral("Seed %1: %2").arg(m_seed).arg(what));
    }

    QMap<int, int> countDuplicates()
    {
        QMap<int, int> delivered; // by index
        const QHash<QString, int> deliveries = m_server->deliveries();
        for (auto it = deliveries.begin(); it != deliveries.end(); ++it) {
            delivered[m_indices.value(it.key(), -1)] += it.value();
            if (it.value() > 1) {
                m_figures.duplicates += it.value() - 1;
                complain(QStringLiteral("delivered twice: #%1").arg(m_indices.value(it.key(), -1)));
            }
        }
        return delivered;
    }

    void judge()
    {
        const QMap<int, int> delivered = countDuplicates();
        const Result<RecordedRun> again = readRecordedRun(path());
        if (m_record.incidents().size() != Incidents || !again) {
            m_figures.lost += Incidents;
            complain(QStringLiteral("the incidents are gone"));
            return;
        }
        for (const IncidentRun &run : m_record.incidents()) {
            const bool isThere = delivered.value(run.index) > 0;
            const QString what = QStringLiteral("#%1 %2").arg(run.index).arg(toString(run.state));
            const bool isDenied =
                run.state == IncidentState::Failed || run.state == IncidentState::Skipped;
            m_figures.created += run.state == IncidentState::Created ? 1 : 0;
            m_figures.failed += run.state == IncidentState::Failed ? 1 : 0;
            m_figures.skipped += run.state == IncidentState::Skipped ? 1 : 0;
            m_figures.uncertain += run.state == IncidentState::Uncertain ? 1 : 0;
            if (!isFinal(run.state)) {
                ++m_figures.lost;
                complain(what);
            }
            // What was sent again by hand may have come to both.
            if ((run.state == IncidentState::Created && !isThere) ||
                (isDenied && isThere && !m_refired.contains(run.index))) {
                ++m_figures.untrue;
                complain(what + (isThere ? QStringLiteral(", and there") : QString()));
            }
            if (again->record.incidents()[run.index].state != run.state) {
                ++m_figures.untrue;
                complain(what + QStringLiteral(", and read again as ") +
                         toString(again->record.incidents()[run.index].state));
            }
        }
    }

    quint32 m_seed;
    QRandomGenerator m_random;
    QTemporaryDir m_dir;
    ManualClock m_clock;
    std::unique_ptr<CountingServer> m_server;
    std::unique_ptr<IncidentApi> m_client;
    std::unique_ptr<RunJournal> m_journal;
    std::unique_ptr<Player> m_player;
    RunPlan m_plan;
    RunRecord m_record;
    QHash<QString, int> m_indices; // by token
    QSet<int> m_refired;
    bool m_isFinished = false;
    QString m_refusal;
    Figures m_figures;
};

} // namespace CorruptionSuite
