// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most sources: every endpoint of the imitated API with its checks, in one place.
#include "app/sandbox/sandboxapi.h"

#include "app/base/utctime.h"
#include "app/model/servicename.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QUuid>
#include <algorithm>

namespace {

const auto ApiPrefix = QLatin1String("/api/v1");

/** One entry of the list that FastAPI gives with a 422. */
QJsonObject fieldProblem(const QStringList &place, const QString &type, const QString &message,
                         const QJsonValue &input = {})
{
    return {{QStringLiteral("type"), type},
            {QStringLiteral("loc"), QJsonArray::fromStringList(place)},
            {QStringLiteral("msg"), message},
            {QStringLiteral("input"), input}};
}

SandboxAnswer unprocessable(const QJsonArray &problems)
{
    return SandboxAnswer::json(422,
                               QJsonDocument(QJsonObject{{QStringLiteral("detail"), problems}}));
}

SandboxAnswer wrongQuery(const QString &name, const QString &message, const QString &input)
{
    return unprocessable({fieldProblem({QStringLiteral("query"), name},
                                       QStringLiteral("value_error"), message, input)});
}

SandboxAnswer jsonObject(int status, const QJsonObject &object)
{
    return SandboxAnswer::json(status, QJsonDocument(object));
}

template<typename List>
SandboxAnswer jsonArray(const List &list)
{
    QJsonArray array;
    for (const QJsonObject &object : list) {
        array.append(object);
    }
    return SandboxAnswer::json(200, QJsonDocument(array));
}

/**
 * The scenario as the backend would show it: without what only this program knows. That would tell
 * a responder which metric misleads, and what comes next.
 */
QJsonObject backendJson(Scenario scenario)
{
    scenario.narration.clear();
    scenario.recovery.reset();
    scenario.phases.clear();
    scenario.neighbours.clear();
    for (Metric &metric : scenario.metrics) {
        metric.role = MetricRole::Symptom;
        metric.reason.clear();
    }
    return toJson(scenario);
}

/** A time with its zone, or without one, which means UTC. A raw "+" arrives as a space: no time. */
QDateTime queryTime(const QString &text)
{
    if (text.contains(QLatin1Char(' '))) {
        return {};
    }
    return utcFromIso(text);
}

bool isOneOf(const QString &text, const QStringList &words)
{
    return words.contains(text);
}

} // namespace

/** Where a path leads; the method decides only between known routes and a 405. */
struct SandboxApi::Route
{
    enum class Kind {
        Unknown,
        Health,
        Root,
        Scenarios,
        Scenario,
        Start,
        Simulations,
        Simulation,
        Stop,
        QuickIncident,
        Incidents,
        Incident,
    };

    Kind kind = Kind::Unknown;
    QString id;

    bool isPost() const
    {
        return kind == Kind::Start || kind == Kind::Stop || kind == Kind::QuickIncident;
    }

    static Route of(const QString &path)
    {
        if (path == QLatin1String("/health")) {
            return {Kind::Health, {}};
        }
        if (path == QLatin1String("/")) {
            return {Kind::Root, {}};
        }
        if (!path.startsWith(ApiPrefix + QLatin1Char('/'))) {
            return {};
        }
        const QStringList parts = path.mid(ApiPrefix.size() + 1).split(QLatin1Char('/'));
        if (parts.contains(QString())) {
            return {};
        }
        const QString &first = parts.first();
        if (parts.size() == 1 && first == QLatin1String("quick-incident")) {
            return {Kind::QuickIncident, {}};
        }
        if (first == QLatin1String("incidents") && parts.size() <= 2) {
            return parts.size() == 1 ? Route{Kind::Incidents, {}} : Route{Kind::Incident, parts[1]};
        }
        if (first != QLatin1String("simulator") || parts.size() < 2 || parts.size() > 4) {
            return {};
        }
        const bool ofScenarios = parts[1] == QLatin1String("scenarios");
        if (!ofScenarios && parts[1] != QLatin1String("simulations")) {
            return {};
        }
        if (parts.size() == 2) {
            return {ofScenarios ? Kind::Scenarios : Kind::Simulations, {}};
        }
        if (parts.size() == 3) {
            return {ofScenarios ? Kind::Scenario : Kind::Simulation, parts[2]};
        }
        if (parts[3] == (ofScenarios ? QLatin1String("start") : QLatin1String("stop"))) {
            return {ofScenarios ? Kind::Start : Kind::Stop, parts[2]};
        }
        return {};
    }
};

SandboxApi::SandboxApi(SandboxStore &store, Clock &clock, Limits limits)
    : m_store(store)
    , m_clock(clock)
    , m_limits(std::move(limits))
{}

bool SandboxApi::creates(const SandboxRequest &request)
{
    const Route::Kind kind = Route::of(request.path).kind;
    return request.method == "POST" &&
           (kind == Route::Kind::Start || kind == Route::Kind::QuickIncident);
}

QString SandboxApi::startedScenario(const SandboxRequest &request)
{
    const Route route = Route::of(request.path);
    return request.method == "POST" && route.kind == Route::Kind::Start ? route.id : QString();
}

QString SandboxApi::clientToken(const SandboxRequest &request)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    if (!startedScenario(request).isEmpty()) {
        return body.value(QLatin1String("execution_mode"))
            .toString()
            .section(QLatin1String("ref:"), 1);
    }
    return body.value(QLatin1String("context"))
        .toObject()
        .value(QLatin1String("client_token"))
        .toString();
}

SandboxApi::Decision SandboxApi::decide(const SandboxRequest &request)
{
    Route route = Route::of(request.path);
    if (route.kind == Route::Kind::Unknown && request.path.size() > 1 &&
        request.path.endsWith(QLatin1Char('/'))) {
        const QString bare = request.path.chopped(1);
        if (Route::of(bare).kind != Route::Kind::Unknown) {
            SandboxAnswer answer;
            answer.status = 307;
            answer.contentType.clear();
            answer.headers.emplaceBack("location", "http://" + request.headers.value("host") +
                                                       request.rawPath.chopped(1));
            return {answer, {}};
        }
    }
    if (route.kind == Route::Kind::Unknown) {
        return {SandboxAnswer::detail(404, QStringLiteral("Not Found")), {}};
    }
    if (request.method != (route.isPost() ? "POST" : "GET")) {
        SandboxAnswer answer = SandboxAnswer::detail(405, QStringLiteral("Method Not Allowed"));
        answer.headers.emplaceBack("allow", route.isPost() ? "POST" : "GET");
        return {answer, {}};
    }
    if (route.kind == Route::Kind::Health || route.kind == Route::Kind::Root) {
        QJsonObject object{
            {QStringLiteral("service"), QStringLiteral("timeline-orchestrator-sandbox")},
            {QStringLiteral("version"), QStringLiteral(ORCHESTRATOR_VERSION)}};
        object.insert(QStringLiteral("status"), QStringLiteral("healthy"));
        object.insert(QStringLiteral("environment"), QStringLiteral("sandbox"));
        return {jsonObject(200, object), {}};
    }

    // The backend parses a body before it looks at the key.
    QJsonValue body(QJsonValue::Undefined);
    if (route.isPost() && !request.body.trimmed().isEmpty()) {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
        const bool isNull = request.body.trimmed() == "null";
        if (error.error != QJsonParseError::NoError && !isNull) {
            return {unprocessable({fieldProblem(
                        {QStringLiteral("body"), QString::number(error.offset)},
                        QStringLiteral("json_invalid"), QStringLiteral("JSON decode error"))}),
                    {}};
        }
        if (!isNull) {
            body =
                document.isObject() ? QJsonValue(document.object()) : QJsonValue(document.array());
        }
    }
    if (const auto refusal = checkKey(request)) {
        return {*refusal, {}};
    }
    if (creates(request)) {
        if (const auto refusal = takeSlot()) {
            return {*refusal, {}};
        }
    }

    switch (route.kind) {
    case Route::Kind::Scenarios:
        return scenarios(request);
    case Route::Kind::Scenario:
        return scenario(route.id);
    case Route::Kind::Start:
        return start(route.id, body);
    case Route::Kind::Simulations:
        return simulations();
    case Route::Kind::Simulation:
        return simulation(route.id);
    case Route::Kind::Stop:
        return stopSimulation(route.id);
    case Route::Kind::QuickIncident:
        return quickIncident(body);
    case Route::Kind::Incidents:
        return incidents(request);
    default:
        return incident(route.id);
    }
}

std::optional<SandboxAnswer> SandboxApi::checkKey(const SandboxRequest &request) const
{
    if (m_limits.key.isEmpty()) {
        return std::nullopt;
    }
    const auto key = request.headers.constFind("x-api-key");
    if (key == request.headers.constEnd()) {
        return SandboxAnswer::detail(401, QStringLiteral("Missing API key"));
    }
    if (*key != m_limits.key) {
        return SandboxAnswer::detail(403, QStringLiteral("Invalid API key"));
    }
    return std::nullopt;
}

std::optional<SandboxAnswer> SandboxApi::takeSlot()
{
    if (m_limits.sends <= 0) {
        return std::nullopt;
    }
    const Instant now = m_clock.now();
    while (!m_slots.empty() && m_slots.front() + m_limits.window <= now) {
        m_slots.pop_front();
    }
    if (int(m_slots.size()) >= m_limits.sends) {
        SandboxAnswer answer =
            SandboxAnswer::detail(429, QStringLiteral("Rate limit exceeded: %1 per %2 seconds")
                                           .arg(m_limits.sends)
                                           .arg(m_limits.window.count() / 1000));
        // The backend always says its whole window, which is 60 s there.
        const auto window = std::chrono::ceil<std::chrono::seconds>(m_limits.window);
        answer.headers.emplaceBack("retry-after", QByteArray::number(qint64(window.count())));
        return answer;
    }
    m_slots.push_back(now);
    return std::nullopt;
}

SandboxApi::Decision SandboxApi::scenarios(const SandboxRequest &request) const
{
    static const QStringList tags{QStringLiteral("resource"), QStringLiteral("performance"),
                                  QStringLiteral("availability"), QStringLiteral("external"),
                                  QStringLiteral("configuration")};
    const QString difficulty = request.query.value(QStringLiteral("difficulty"));
    const QString tag = request.query.value(QStringLiteral("tag"));
    if (request.query.contains(QStringLiteral("difficulty")) && !difficultyFromString(difficulty)) {
        return {
            wrongQuery(QStringLiteral("difficulty"),
                       QStringLiteral("Input should be 'beginner', 'intermediate' or 'advanced'"),
                       difficulty),
            {}};
    }
    if (request.query.contains(QStringLiteral("tag")) && !isOneOf(tag, tags)) {
        return {wrongQuery(
                    QStringLiteral("tag"),
                    QStringLiteral("Input should be '%1'").arg(tags.join(QStringLiteral("', '"))),
                    tag),
                {}};
    }
    QList<QJsonObject> found;
    for (const Scenario &scenario : m_store.scenarios()) {
        if ((!difficulty.isEmpty() && toString(scenario.difficulty) != difficulty) ||
            (!tag.isEmpty() && !scenario.tags.contains(tag))) {
            continue;
        }
        QJsonObject object = backendJson(scenario);
        for (const auto *key :
             {"metrics", "context", "expected_root_cause", "expected_action_types"}) {
            object.remove(QLatin1String(key));
        }
        object.insert(QStringLiteral("metric_count"), scenario.metrics.size());
        found.append(object);
    }
    return {jsonArray(found), {}};
}

SandboxApi::Decision SandboxApi::scenario(const QString &id) const
{
    const Scenario *known = m_store.scenario(id);
    if (!known) {
        return {SandboxAnswer::detail(404, QStringLiteral("Scenario '%1' not found").arg(id)), {}};
    }
    return {jsonObject(200, backendJson(*known)), {}};
}

SandboxApi::Decision SandboxApi::start(const QString &id, const QJsonValue &body)
{
    if (!body.isUndefined() && !body.isObject()) {
        return {unprocessable(
                    {fieldProblem({QStringLiteral("body")}, QStringLiteral("model_attributes_type"),
                                  QStringLiteral("Input should be a valid dictionary"), body)}),
                {}};
    }
    const QJsonValue analyse = body.toObject().value(QLatin1String("auto_analyze"));
    if (!analyse.isUndefined() && !analyse.isBool()) {
        return {unprocessable(
                    {fieldProblem({QStringLiteral("body"), QStringLiteral("auto_analyze")},
                                  QStringLiteral("bool_type"),
                                  QStringLiteral("Input should be a valid boolean"), analyse)}),
                {}};
    }
    const QJsonValue mode = body.toObject().value(QLatin1String("execution_mode"));
    if (!mode.isUndefined() && !mode.isString()) {
        return {
            unprocessable({fieldProblem({QStringLiteral("body"), QStringLiteral("execution_mode")},
                                        QStringLiteral("string_type"),
                                        QStringLiteral("Input should be a valid string"), mode)}),
            {}};
    }
    if (!m_store.scenario(id)) {
        return {SandboxAnswer::detail(404, QStringLiteral("Scenario '%1' not found").arg(id)), {}};
    }
    const QString simulationId = m_store.beginSimulation(id, mode.toString(QStringLiteral("demo")));
    return {{}, [this, simulationId, wanted = analyse.toBool(true)] {
                return jsonObject(201, m_store.completeSimulation(simulationId, wanted));
            }};
}

SandboxApi::Decision SandboxApi::simulations() const
{
    return {jsonArray(m_store.simulationsInFlight()), {}};
}

SandboxApi::Decision SandboxApi::simulation(const QString &id) const
{
    if (const auto found = m_store.simulation(id)) {
        return {jsonObject(200, *found), {}};
    }
    return {SandboxAnswer::detail(404, QStringLiteral("Simulation '%1' not found").arg(id)), {}};
}

SandboxApi::Decision SandboxApi::stopSimulation(const QString &id) const
{
    if (!m_store.simulation(id)) {
        return {SandboxAnswer::detail(404, QStringLiteral("Simulation '%1' not found").arg(id)),
                {}};
    }
    return {jsonObject(200, {{QStringLiteral("status"), QStringLiteral("stopped")},
                             {QStringLiteral("simulation_id"), id},
                             {QStringLiteral("details"), QJsonObject()}}),
            {}};
}

SandboxApi::Decision SandboxApi::quickIncident(const QJsonValue &body)
{
    if (!body.isObject()) {
        return {unprocessable({fieldProblem({QStringLiteral("body")}, QStringLiteral("missing"),
                                            QStringLiteral("Field required"), body)}),
                {}};
    }
    const QJsonObject object = body.toObject();
    QJsonArray problems;
    const auto complain = [&problems](const QString &field, const QString &type,
                                      const QString &message, const QJsonValue &input) {
        problems.append(fieldProblem({QStringLiteral("body"), field}, type, message, input));
    };
    const auto text = [&](const QString &field, bool required) {
        const QJsonValue value = object.value(field);
        if (value.isUndefined() && required) {
            complain(field, QStringLiteral("missing"), QStringLiteral("Field required"), object);
        } else if (!value.isString() && !value.isUndefined() && (required || !value.isNull())) {
            complain(field, QStringLiteral("string_type"),
                     QStringLiteral("Input should be a valid string"), value);
        }
        return value.toString();
    };
    SandboxDraft draft;
    draft.service = text(QStringLiteral("service_name"), true);
    draft.title = text(QStringLiteral("title"), false);
    draft.description = text(QStringLiteral("description"), false);
    const QJsonValue severity = object.value(QLatin1String("severity"));
    if (!severity.isUndefined() && !severityFromString(severity.toString())) {
        complain(QStringLiteral("severity"), QStringLiteral("enum"),
                 QStringLiteral("Input should be 'critical', 'high', 'medium' or 'low'"), severity);
    }
    for (const auto *name : {"metrics_snapshot", "context"}) {
        const QJsonValue value = object.value(QLatin1String(name));
        const bool mayBeNull = QLatin1String(name) == QLatin1String("metrics_snapshot");
        if (!value.isUndefined() && !value.isObject() && !(mayBeNull && value.isNull())) {
            complain(QLatin1String(name), QStringLiteral("dict_type"),
                     QStringLiteral("Input should be a valid dictionary"), value);
        }
    }
    if (!problems.isEmpty()) {
        return {unprocessable(problems), {}};
    }

    draft.metrics = object.value(QLatin1String("metrics_snapshot")).toObject();
    draft.context = object.value(QLatin1String("context")).toObject();
    bool harmful = !isValidServiceName(draft.service) || draft.title.toUcs4().size() > 255;
    for (const QJsonValue value : std::as_const(draft.metrics)) {
        const QJsonObject metric = value.toObject();
        const auto isNumber = [&metric](QLatin1String key) {
            return metric.value(key).isUndefined() || metric.value(key).isDouble();
        };
        harmful = harmful ||
                  !(value.isDouble() ||
                    (value.isObject() && isNumber(QLatin1String("current")) &&
                     isNumber(QLatin1String("expected")) && isNumber(QLatin1String("deviation"))));
    }
    // The backend fails only after it has stored such a thing, and then again with every list.
    // That much faithfulness would spoil the sandbox for what comes after.
    if (harmful) {
        return {SandboxAnswer::detail(500, QStringLiteral("Internal Server Error")), {}};
    }
    return {{}, [this, draft] { return jsonObject(201, m_store.create(draft)); }};
}

SandboxApi::Decision SandboxApi::incidents(const SandboxRequest &request) const
{
    const auto given = [&request](const QString &name) { return request.query.contains(name); };
    const auto value = [&request](const QString &name) { return request.query.value(name); };
    const auto number = [&](const QString &name, int fallback, int maximum, bool &isRight) {
        if (!given(name)) {
            return fallback;
        }
        const int parsed = value(name).toInt(&isRight);
        isRight = isRight && parsed >= 1 && parsed <= maximum;
        return parsed;
    };
    static const QStringList states{
        QStringLiteral("detected"), QStringLiteral("analyzing"), QStringLiteral("pending_approval"),
        QStringLiteral("approved"), QStringLiteral("executing"), QStringLiteral("resolved"),
        QStringLiteral("failed"),   QStringLiteral("escalated")};

    bool pageIsRight = true;
    bool sizeIsRight = true;
    const int page = number(QStringLiteral("page"), 1, 1000000, pageIsRight);
    const int size = number(QStringLiteral("page_size"), 20, 100, sizeIsRight);
    SandboxFilter filter;
    filter.status = value(QStringLiteral("status"));
    filter.severity = value(QStringLiteral("severity"));
    filter.service = value(QStringLiteral("service"));
    filter.search = value(QStringLiteral("search"));
    filter.start = queryTime(value(QStringLiteral("start_date")));
    filter.end = queryTime(value(QStringLiteral("end_date")));

    QString wrong;
    if (!pageIsRight) {
        wrong = QStringLiteral("page");
    } else if (!sizeIsRight) {
        wrong = QStringLiteral("page_size");
    } else if (given(QStringLiteral("status")) && !isOneOf(filter.status, states)) {
        wrong = QStringLiteral("status");
    } else if (given(QStringLiteral("severity")) && !severityFromString(filter.severity)) {
        wrong = QStringLiteral("severity");
    } else if (given(QStringLiteral("service")) && !isValidServiceName(filter.service)) {
        wrong = QStringLiteral("service");
    } else if (given(QStringLiteral("search")) &&
               (filter.search.isEmpty() || filter.search.toUcs4().size() > 255)) {
        wrong = QStringLiteral("search");
    } else if (given(QStringLiteral("start_date")) && !filter.start.isValid()) {
        wrong = QStringLiteral("start_date");
    } else if (given(QStringLiteral("end_date")) && !filter.end.isValid()) {
        wrong = QStringLiteral("end_date");
    }
    if (!wrong.isEmpty()) {
        return {
            wrongQuery(wrong, QStringLiteral("Input is not valid for %1").arg(wrong), value(wrong)),
            {}};
    }

    const QList<QJsonObject> found = m_store.list(filter);
    QJsonArray items;
    const qsizetype first = qsizetype(page - 1) * size;
    for (qsizetype i = first; i < std::min(found.size(), first + size); ++i) {
        items.append(found[i]);
    }
    return {jsonObject(200, {{QStringLiteral("items"), items},
                             {QStringLiteral("total"), found.size()},
                             {QStringLiteral("page"), page},
                             {QStringLiteral("page_size"), size},
                             {QStringLiteral("pages"), (found.size() + size - 1) / size}}),
            {}};
}

SandboxApi::Decision SandboxApi::incident(const QString &id) const
{
    if (QUuid::fromString(id).isNull()) {
        return {unprocessable({fieldProblem({QStringLiteral("path"), QStringLiteral("incident_id")},
                                            QStringLiteral("uuid_parsing"),
                                            QStringLiteral("Input should be a valid UUID"), id)}),
                {}};
    }
    if (const auto found = m_store.incident(id)) {
        return {jsonObject(200, *found), {}};
    }
    return {SandboxAnswer::detail(404, QStringLiteral("Incident %1 not found").arg(id)), {}};
}
