// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: the one place that spells every kind of record and its keys.

#include "app/run/runeventcodec.h"

#include "app/run/recordvalues.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace {

using RecordValues::read;
using RecordValues::write;

bool read(const QJsonValue &json, QList<PlannedInRun> &value);
QJsonValue write(const QList<PlannedInRun> &value);

/** A key of a record, and the way to its value in the event: members, one in the other. */
template<auto... Path>
struct Field
{
    const char *key;
    /** Not written if it is what it is without a word: empty, false, none. */
    bool isOmittedWhenEmpty = false;
};

template<auto First, auto... Rest>
auto &valueAt(auto &event)
{
    if constexpr (sizeof...(Rest) == 0) {
        return event.*First;
    } else {
        return valueAt<Rest...>(event.*First);
    }
}

template<auto... Path>
constexpr auto always(const char *key)
{
    return std::tuple{Field<Path...>{key, false}};
}

template<auto... Path>
constexpr auto unlessEmpty(const char *key)
{
    return std::tuple{Field<Path...>{key, true}};
}

template<auto... Path, typename Event>
void writeField(const Field<Path...> &field, const Event &event, QJsonObject &json)
{
    const auto &value = valueAt<Path...>(event);
    if (field.isOmittedWhenEmpty && value == std::remove_cvref_t<decltype(value)>{}) {
        return;
    }
    if (const QJsonValue written = write(value); !written.isUndefined()) {
        json.insert(QLatin1String(field.key), written);
    }
}

template<auto... Path, typename Event>
void readField(const Field<Path...> &field, Event &event, const QJsonObject &json)
{
    if (const auto found = json.constFind(QLatin1String(field.key)); found != json.constEnd()) {
        read(*found, valueAt<Path...>(event));
    }
}

template<typename Fields, typename Event>
void writeFields(const Fields &fields, const Event &event, QJsonObject &json)
{
    std::apply([&](const auto &...field) { (writeField(field, event, json), ...); }, fields);
}

template<typename Fields, typename Event>
void readFields(const Fields &fields, Event &event, const QJsonObject &json)
{
    std::apply([&](const auto &...field) { (readField(field, event, json), ...); }, fields);
}

/** What `written` lacks to be the `original`; nothing if they are alike. */
std::optional<RecordResidue> residueOf(const QJsonObject &original, const QJsonObject &written)
{
    RecordResidue residue;
    for (auto it = original.constBegin(); it != original.constEnd(); ++it) {
        if (written.value(it.key()) != it.value()) {
            residue.kept.insert(it.key(), it.value());
        }
    }
    for (auto it = written.constBegin(); it != written.constEnd(); ++it) {
        if (!original.contains(it.key())) {
            residue.absent.append(it.key());
        }
    }
    return residue == RecordResidue() ? std::nullopt : std::optional(residue);
}

void addResidue(const RecordResidue &residue, QJsonObject &json)
{
    for (const QString &key : residue.absent) {
        json.remove(key);
    }
    for (auto it = residue.kept.constBegin(); it != residue.kept.constEnd(); ++it) {
        json.insert(it.key(), it.value());
    }
}

constexpr auto PlannedFields = std::tuple_cat(
    always<&PlannedInRun::index>("index"), always<&PlannedInRun::id>("id"),
    always<&PlannedInRun::title>("title"), always<&PlannedInRun::delay>("delay_seconds"),
    always<&PlannedInRun::type>("type"), always<&PlannedInRun::scenarioId>("scenario_id"),
    always<&PlannedInRun::service>("service_name"), always<&PlannedInRun::severity>("severity"),
    always<&PlannedInRun::duration>("duration_seconds"), always<&PlannedInRun::comment>("comment"),
    always<&PlannedInRun::notes>("notes"), always<&PlannedInRun::narration>("narration"),
    always<&PlannedInRun::hold>("hold"), always<&PlannedInRun::sends>("sends"),
    always<&PlannedInRun::enabled>("enabled"), always<&PlannedInRun::isTitled>("titled"),
    always<&PlannedInRun::prompt>("prompt"), always<&PlannedInRun::seed>("seed"),
    unlessEmpty<&PlannedInRun::isFresh>("fresh"), unlessEmpty<&PlannedInRun::pinned>("pinned"));

bool read(const QJsonValue &json, QList<PlannedInRun> &value)
{
    value.clear();
    for (const QJsonValue item : json.toArray()) {
        const QJsonObject object = item.toObject();
        PlannedInRun planned;
        readFields(PlannedFields, planned, object);
        QJsonObject written;
        writeFields(PlannedFields, planned, written);
        planned.residue = residueOf(object, written).value_or(RecordResidue());
        value.append(planned);
    }
    return json.isArray();
}

QJsonValue write(const QList<PlannedInRun> &value)
{
    QJsonArray array;
    for (const PlannedInRun &planned : value) {
        QJsonObject object;
        writeFields(PlannedFields, planned, object);
        addResidue(planned.residue, object);
        array.append(object);
    }
    return array;
}

constexpr auto IndexField = always<&AboutIncident::index>("index");
constexpr auto TurnFields =
    std::tuple_cat(always<&ClockTurn::position>("position_ms"), always<&ClockTurn::speed>("speed"),
                   always<&ClockTurn::boot>("boot_ms"));
template<typename Kind>
constexpr auto ResultFields =
    std::tuple_cat(always<&Kind::result, &AttemptResult::error>("error"),
                   always<&Kind::result, &AttemptResult::httpStatus>("http_status"),
                   always<&Kind::result, &AttemptResult::latency>("latency_ms"));
template<typename Kind>
constexpr auto FactFields =
    std::tuple_cat(always<&Kind::facts, &AnalysisFacts::hypotheses>("hypotheses"),
                   always<&Kind::facts, &AnalysisFacts::actions>("actions"));
template<typename Kind>
constexpr auto ReasonFields =
    std::tuple_cat(unlessEmpty<&Kind::reason, &PauseReason::why>("why"),
                   unlessEmpty<&Kind::reason, &PauseReason::cause>("cause"));

/** How each kind is spelled: its name, and its keys beside those that every record has. */
template<typename Kind>
struct Spelling;

template<>
struct Spelling<RunBegan>
{
    static constexpr auto kind = "run";
    static constexpr auto fields = std::tuple_cat(
        always<&RunBegan::version>("version"), always<&RunBegan::program>("program"),
        always<&RunBegan::host>("host"), always<&RunBegan::bootId>("boot_id"),
        always<&RunBegan::boot>("boot_ms"), always<&RunBegan::pid>("pid"),
        always<&RunBegan::runId>("run_id"), always<&RunBegan::timeline>("timeline"),
        always<&RunBegan::timelinePath>("timeline_path"),
        always<&RunBegan::duration>("duration_seconds"), always<&RunBegan::target>("target"),
        always<&RunBegan::generator>("generator"), always<&RunBegan::fallback>("fallback"),
        always<&RunBegan::speed>("speed"),
        always<&RunBegan::prefersQuickIncident>("quick_incident"),
        always<&RunBegan::holdsOpen>("holds_open"), always<&RunBegan::startedAt>("started_at"),
        unlessEmpty<&RunBegan::replayOf>("replay_of"), always<&RunBegan::incidents>("incidents"));
};

template<>
struct Spelling<ScenarioKept>
{
    static constexpr auto kind = "scenario";
    static constexpr auto fields = std::tuple_cat(always<&ScenarioKept::ref>("ref"),
                                                  always<&ScenarioKept::scenario>("scenario"));
};

template<>
struct Spelling<PreparationBegan>
{
    static constexpr auto kind = "preparing"; // without an index
    static constexpr auto fields = std::tuple{};
};

template<>
struct Spelling<GeneratorAsked>
{
    static constexpr auto kind = "preparing"; // with one
    static constexpr auto fields =
        std::tuple_cat(IndexField, always<&GeneratorAsked::generator>("generator"));
};

template<>
struct Spelling<Noted>
{
    static constexpr auto kind = "note";
    static constexpr auto fields =
        std::tuple_cat(always<&Noted::index>("index"), always<&Noted::note>("note"));
};

template<>
struct Spelling<FellBack>
{
    static constexpr auto kind = "fallback";
    static constexpr auto fields =
        std::tuple_cat(IndexField, always<&FellBack::why>("why"), always<&FellBack::used>("used"));
};

template<>
struct Spelling<Prepared>
{
    static constexpr auto kind = "prepared";
    static constexpr auto fields = std::tuple_cat(
        IndexField, always<&Prepared::request>("request"), always<&Prepared::token>("token"),
        unlessEmpty<&Prepared::scenarioRef>("scenario_ref"), always<&Prepared::seed>("seed"),
        unlessEmpty<&Prepared::generated>("generated"));
};

template<>
struct Spelling<ClockStarted>
{
    static constexpr auto kind = "started";
    static constexpr auto fields = TurnFields;
};

template<>
struct Spelling<Paused>
{
    static constexpr auto kind = "paused";
    static constexpr auto fields = std::tuple_cat(TurnFields, ReasonFields<Paused>);
};

template<>
struct Spelling<Resumed>
{
    static constexpr auto kind = "resumed";
    static constexpr auto fields = std::tuple_cat(TurnFields, always<&Resumed::from>("from_ms"));
};

template<>
struct Spelling<Held>
{
    static constexpr auto kind = "held";
    static constexpr auto fields = std::tuple_cat(TurnFields, always<&Held::index>("index"));
};

template<>
struct Spelling<Released>
{
    static constexpr auto kind = "released";
    static constexpr auto fields = std::tuple_cat(TurnFields, always<&Released::index>("index"));
};

template<>
struct Spelling<SpeedChanged>
{
    static constexpr auto kind = "speed";
    static constexpr auto fields = TurnFields;
};

template<>
struct Spelling<Jumped>
{
    static constexpr auto kind = "jumped";
    static constexpr auto fields = std::tuple_cat(TurnFields, always<&Jumped::from>("from_ms"),
                                                  always<&Jumped::passed>("passed"));
};

template<>
struct Spelling<Stopped>
{
    static constexpr auto kind = "stopped";
    static constexpr auto fields =
        std::tuple_cat(TurnFields, unlessEmpty<&Stopped::isAborted>("aborted"));
};

template<>
struct Spelling<Armed>
{
    static constexpr auto kind = "armed";
    static constexpr auto fields = always<&Armed::incidents>("incidents");
};

template<>
struct Spelling<Sending>
{
    static constexpr auto kind = "sending";
    static constexpr auto fields =
        std::tuple_cat(IndexField, always<&Sending::attempt>("attempt"),
                       always<&Sending::due>("due_ms"), unlessEmpty<&Sending::by>("by"));
};

template<>
struct Spelling<Waiting>
{
    static constexpr auto kind = "waiting";
    static constexpr auto fields =
        std::tuple_cat(IndexField, always<&Waiting::until>("until_ms"), ResultFields<Waiting>);
};

template<>
struct Spelling<Created>
{
    static constexpr auto kind = "created";
    static constexpr auto fields = std::tuple_cat(
        IndexField, always<&Created::incidentId>("incident_id"),
        always<&Created::facts, &AnalysisFacts::analysis>("analysis"), FactFields<Created>,
        ResultFields<Created>, unlessEmpty<&Created::isReconciled>("reconciled"));
};

template<>
struct Spelling<Failed>
{
    static constexpr auto kind = "failed";
    static constexpr auto fields =
        std::tuple_cat(IndexField, ResultFields<Failed>,
                       unlessEmpty<&Failed::origin, &RequestOrigin::scenarioRef>("scenario_ref"),
                       always<&Failed::origin, &RequestOrigin::seed>("seed"),
                       unlessEmpty<&Failed::origin, &RequestOrigin::generated>("generated"));
};

template<>
struct Spelling<Skipped>
{
    static constexpr auto kind = "skipped";
    static constexpr auto fields =
        std::tuple_cat(IndexField, ResultFields<Skipped>, unlessEmpty<&Skipped::by>("by"));
};

template<>
struct Spelling<BecameUncertain>
{
    static constexpr auto kind = "uncertain";
    static constexpr auto fields = std::tuple_cat(IndexField, ResultFields<BecameUncertain>);
};

template<>
struct Spelling<NotFound>
{
    static constexpr auto kind = "not_found";
    static constexpr auto fields =
        std::tuple_cat(IndexField, always<&NotFound::looked>("looked_ms"));
};

template<>
struct Spelling<Fetched>
{
    static constexpr auto kind = "incident";
    static constexpr auto fields =
        std::tuple_cat(IndexField, always<&Fetched::incident>("incident"),
                       always<&Fetched::notFetched>("not_fetched"),
                       unlessEmpty<&Fetched::facts, &AnalysisFacts::analysis>("analysis"),
                       FactFields<Fetched>, always<&Fetched::error>("error"));
};

template<>
struct Spelling<Refired>
{
    static constexpr auto kind = "refired";
    static constexpr auto fields = std::tuple_cat(IndexField, always<&Refired::was>("was"));
};

template<>
struct Spelling<TakenBack>
{
    static constexpr auto kind = "taken_back";
    static constexpr auto fields = IndexField;
};

template<>
struct Spelling<Continued>
{
    static constexpr auto kind = "continued";
    static constexpr auto fields =
        std::tuple_cat(TurnFields, always<&Continued::bootId>("boot_id"));
};

template<>
struct Spelling<NetworkChanged>
{
    static constexpr auto kind = "network";
    static constexpr auto fields = std::tuple_cat(always<&NetworkChanged::state>("state"),
                                                  always<&NetworkChanged::error>("error"));
};

template<>
struct Spelling<ResumedRun>
{
    static constexpr auto kind = "resumed_run";
    static constexpr auto fields = std::tuple_cat(
        TurnFields, always<&ResumedRun::bootId>("boot_id"), always<&ResumedRun::pid>("pid"),
        always<&ResumedRun::program>("program"), always<&ResumedRun::holdsOpen>("holds_open"),
        always<&ResumedRun::state>("state"), always<&ResumedRun::passed>("passed"),
        ReasonFields<ResumedRun>);
};

template<>
struct Spelling<Finished>
{
    static constexpr auto kind = "finished";
    static constexpr auto fields =
        std::tuple_cat(TurnFields, always<&Finished::finishedAt>("finished_at"));
};

template<>
struct Spelling<Named>
{
    static constexpr auto kind = "named";
    static constexpr auto fields = always<&Named::name>("name");
};

template<>
struct Spelling<Judged>
{
    static constexpr auto kind = "judged";
    static constexpr auto fields =
        std::tuple_cat(IndexField, always<&Judged::what>("what"),
                       always<&Judged::expected>("expected"), always<&Judged::match>("verdict"));
};

/** All that it holds is residue. */
template<>
struct Spelling<Unknown>
{
    static constexpr auto fields = std::tuple{};
};

constexpr auto CommonFields =
    std::tuple_cat(always<&RunEvent::at>("at_ms"), unlessEmpty<&RunEvent::wall>("wall"));
constexpr auto KindKey = QLatin1String("record");

QJsonObject withoutResidue(const RunEvent &event)
{
    QJsonObject json{{KindKey, kindOf(event)}};
    writeFields(CommonFields, event, json);
    std::visit([&json]<typename Kind>(
                   const Kind &what) { writeFields(Spelling<Kind>::fields, what, json); },
               event.what);
    return json;
}

template<typename Kind>
bool isSpelledAs(const QString &kind, const QJsonObject &record)
{
    // The two that share a name are told apart by whether they are about an incident.
    const bool isAboutIt = std::is_base_of_v<AboutIncident, Kind>;
    return kind == QLatin1String(Spelling<Kind>::kind) &&
           (kind != QLatin1String(Spelling<PreparationBegan>::kind) ||
            isAboutIt == record.contains(u"index"));
}

template<size_t Place = 0>
RunEvent::What whatIn(const QString &kind, const QJsonObject &record)
{
    using Kind = std::variant_alternative_t<Place, RunEvent::What>;
    if constexpr (std::is_same_v<Kind, Unknown>) {
        return Unknown{kind};
    } else {
        if (!isSpelledAs<Kind>(kind, record)) {
            return whatIn<Place + 1>(kind, record);
        }
        Kind what;
        readFields(Spelling<Kind>::fields, what, record);
        return what;
    }
}

} // namespace

QString kindOf(const RunEvent &event)
{
    return std::visit(
        []<typename Kind>(const Kind &what) {
            if constexpr (std::is_same_v<Kind, Unknown>) {
                return what.kind;
            } else {
                return QString(QLatin1String(Spelling<Kind>::kind));
            }
        },
        event.what);
}

QJsonObject toJson(const RunEvent &event)
{
    QJsonObject json = withoutResidue(event);
    if (event.residue) {
        addResidue(*event.residue, json);
    }
    return json;
}

RunEvent readOnlyEvent(const QJsonObject &record)
{
    RunEvent event;
    readFields(CommonFields, event, record);
    event.what = whatIn(record.value(KindKey).toString(), record);
    return event;
}

RunEvent runEventFromJson(const QJsonObject &record)
{
    RunEvent event = readOnlyEvent(record);
    if (std::optional<RecordResidue> residue = residueOf(record, withoutResidue(event))) {
        event.residue = std::make_shared<const RecordResidue>(std::move(*residue));
    }
    return event;
}

QByteArray kindMark(const RunEvent &event)
{
    return '"' + QByteArray(KindKey.latin1()) + "\":\"" + kindOf(event).toLatin1() + '"';
}

QList<RunEvent> runEventsFrom(const QList<QJsonObject> &records)
{
    QList<RunEvent> events;
    events.reserve(records.size());
    std::transform(records.begin(), records.end(), std::back_inserter(events), runEventFromJson);
    return events;
}

std::optional<Making> makingIn(const QJsonObject &generated)
{
    if (!generated.contains(u"attempts")) {
        return std::nullopt;
    }
    const QJsonObject tokens = generated.value(u"tokens").toObject();
    return Making{generated.value(u"generator").toString(),
                  generated.value(u"score").toInt(),
                  {tokens.value(u"prompt").toInteger(), tokens.value(u"completion").toInteger()}};
}

bool isOwnKey(const QString &key)
{
    static const QSet<QString> keys{
        KindKey,
        QStringLiteral("run_id"),
        QStringLiteral("boot_id"),
        QStringLiteral("wall"),
        QStringLiteral("started_at"),
        QStringLiteral("finished_at"),
        QStringLiteral("token"),
        QStringLiteral("incident_id"),
        QStringLiteral("type"),
        QStringLiteral("scenario_id"),
        QStringLiteral("severity"),
        QStringLiteral("program"),
    };
    return keys.contains(key);
}

bool isTargetsKey(const QString &key)
{
    return key == u"incident";
}

bool beginsRun(const QJsonObject &record)
{
    return record.value(KindKey).toString() == QLatin1String(Spelling<RunBegan>::kind);
}

int indexIn(const QJsonObject &record)
{
    return record.value(u"index").toInt(-1);
}

bool beginsAsRecord(QByteArrayView text)
{
    return text.startsWith("{\"at_ms\"");
}
