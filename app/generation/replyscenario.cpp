// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/replyscenario.h"

#include "app/base/visibletext.h"
#include "app/model/timeline.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace {

constexpr qsizetype LongestText = 10000;
constexpr qsizetype LongestWord = 100;
constexpr qsizetype MostSentences = 20;
constexpr qsizetype MostMetricsRead = 50;
constexpr qsizetype MostActions = 50;
constexpr int MostContextValues = 1000;
constexpr int GeneratedDuration = 300;
const auto LlmMark = QLatin1String("[LLM]");

/** The context of this file's words for translators. */
struct ReplyScenarioWords
{
    Q_DECLARE_TR_FUNCTIONS(ReplyParser)
};

/** "rootCause", "Root Cause" and "root-cause" become root_cause. */
QString snakeCased(QStringView text)
{
    QString out;
    for (qsizetype i = 0; i < text.size() && out.size() < LongestWord; ++i) {
        const QChar c = text[i];
        if (!c.isLetterOrNumber()) {
            if (!out.isEmpty() && !out.endsWith(u'_')) {
                out += u'_';
            }
            continue;
        }
        const bool isHump =
            c.isUpper() && i > 0 && (text[i - 1].isLower() || text[i - 1].isDigit());
        if (isHump && !out.isEmpty() && !out.endsWith(u'_')) {
            out += u'_';
        }
        out += c.toLower();
    }
    while (out.endsWith(u'_')) {
        out.chop(1);
    }
    return out;
}

/** The first member that bears one of the names; nullptr where there is none or it is null. */
const LenientValue *member(const LenientValue &object, std::initializer_list<QStringView> names)
{
    constexpr size_t MostKeys = 200;
    const size_t count = std::min(object.keys.size(), MostKeys);
    for (const QStringView name : names) {
        for (size_t i = 0; i < count; ++i) {
            if (object.keys[i] == name || snakeCased(object.keys[i]) == name) {
                return object.items[i].kind == LenientValue::Kind::Null ? nullptr
                                                                        : &object.items[i];
            }
        }
    }
    return nullptr;
}

const LenientValue *nameIn(const LenientValue &object)
{
    return member(object, {u"name", u"title", u"scenario_name"});
}
const LenientValue *descriptionIn(const LenientValue &object)
{
    return member(object, {u"description", u"summary"});
}
const LenientValue *rootCauseIn(const LenientValue &object)
{
    return member(object, {u"root_cause", u"rootcause", u"cause"});
}
const LenientValue *metricsIn(const LenientValue &object)
{
    return member(object, {u"metrics", u"metrics_snapshot"});
}
const LenientValue *contextIn(const LenientValue &object)
{
    return member(object, {u"context"});
}
const LenientValue *actionsIn(const LenientValue &object)
{
    return member(object,
                  {u"expected_action_types", u"expected_actions", u"action_types", u"actions"});
}

MetricPattern guessedPattern(const QString &name)
{
    const auto has = [&name](std::initializer_list<QLatin1String> words) {
        return std::any_of(words.begin(), words.end(),
                           [&name](QLatin1String word) { return name.contains(word); });
    };
    using L = QLatin1String;
    if (has({L("error"), L("_500"), L("restart"), L("fail"), L("_up"), L("ready"), L("crash")})) {
        return MetricPattern::Step;
    }
    if (has({L("cpu"), L("throughput"), L("requests_total"), L("network")})) {
        return MetricPattern::Spike;
    }
    return MetricPattern::Linear;
}

bool isHarmlessSuffix(QStringView rest, const QString &unit)
{
    static constexpr std::array<QStringView, 6> words{u"%",      u"σ",      u"sigma",
                                                      u"sigmas", u"stddev", u"percent"};
    return std::any_of(
               words.begin(), words.end(),
               [rest](QStringView word) { return rest.compare(word, Qt::CaseInsensitive) == 0; }) ||
           rest.compare(unit, Qt::CaseInsensitive) == 0;
}

} // namespace

int ReplyScenario::knownFields(const LenientValue &object)
{
    const std::array<const LenientValue *, 7> fields{
        nameIn(object),      descriptionIn(object),
        rootCauseIn(object), member(object, {u"severity"}),
        metricsIn(object),   contextIn(object),
        actionsIn(object)};
    return int(std::count_if(fields.begin(), fields.end(),
                             [](const LenientValue *value) { return value != nullptr; }));
}

Scenario ReplyScenario::read(const LenientValue &object)
{
    Scenario scenario;
    scenario.id = generatedId(QStringLiteral("llm_"), m_request);
    scenario.origin = Scenario::Origin::Generated;
    scenario.service = m_request.service;
    scenario.durationSeconds = GeneratedDuration;
    scenario.name = nameFrom(object);
    scenario.description = textOf(descriptionIn(object)).trimmed();
    if (scenario.description.size() > LongestText) {
        scenario.description.truncate(LongestText);
        repair(
            ReplyScenarioWords::tr("The description was cut to %1 characters.").arg(LongestText));
    }
    if (scenario.description.isEmpty() && wants(Part::Description)) {
        fault(ReplyScenarioWords::tr("\"description\" is missing or empty."));
    }
    scenario.rootCause = snakeCased(textOf(rootCauseIn(object)));
    if (scenario.rootCause.isEmpty() && wants(Part::RootCause)) {
        fault(ReplyScenarioWords::tr("\"root_cause\" is missing or empty."));
    }
    scenario.severity = severityFrom(object);
    scenario.metrics = metricsFrom(metricsIn(object));
    scenario.context = contextFrom(contextIn(object));
    scenario.expectedActions = actionsFrom(actionsIn(object));
    scenario.tags = inferredTags(scenario.rootCause, scenario.description);
    scenario.difficulty = inferredDifficulty(scenario.severity, scenario.metrics.size());
    return scenario;
}

void ReplyScenario::repair(const QString &sentence)
{
    if (m_repairs.size() < MostSentences && !m_repairs.contains(sentence)) {
        m_repairs.append(sentence);
    }
}

void ReplyScenario::fault(const QString &sentence)
{
    if (m_faults.size() < MostSentences && !m_faults.contains(sentence)) {
        m_faults.append(sentence);
    }
}

/** Of numbers and truths as well; empty for everything else. */
QString ReplyScenario::textOf(const LenientValue *value) const
{
    if (!value) {
        return {};
    }
    switch (value->kind) {
    case LenientValue::Kind::Text:
        return value->text;
    case LenientValue::Kind::Number:
        return QString::number(value->number, 'g', 15);
    case LenientValue::Kind::Bool:
        return value->isTrue ? QStringLiteral("true") : QStringLiteral("false");
    default:
        return {};
    }
}

QString ReplyScenario::nameFrom(const LenientValue &object)
{
    QString name = oneLine(textOf(nameIn(object)).left(LongestText).simplified());
    while (name.startsWith(LlmMark, Qt::CaseInsensitive)) {
        name = name.mid(LlmMark.size()).trimmed();
    }
    if (name.isEmpty()) {
        if (m_isPreview) {
            return name;
        }
        if (wants(Part::Name)) {
            fault(ReplyScenarioWords::tr("\"name\" is missing or empty."));
        }
        name = m_request.prompt.simplified().left(60);
    }
    name.prepend(LlmMark + u' ');
    if (name.size() > LongestTitle) {
        name.truncate(LongestTitle);
        repair(ReplyScenarioWords::tr("The name was cut to 255 characters."));
    }
    return name.trimmed();
}

Severity ReplyScenario::severityFrom(const LenientValue &object)
{
    const QString text = textOf(member(object, {u"severity"})).trimmed();
    if (const auto severity = severityFromString(text)) {
        return *severity;
    }
    if (const auto severity = severityFromString(text.toLower())) {
        repair(ReplyScenarioWords::tr("The severity was spelled in capitals."));
        return *severity;
    }
    if (wants(Part::Metrics) && !m_isPreview) {
        repair(text.isEmpty()
                   ? ReplyScenarioWords::tr("No severity was named; the requested one was taken.")
                   : ReplyScenarioWords::tr(
                         "The severity \"%1\" is unknown; the requested one was taken.")
                         .arg(text.left(40)));
    }
    return m_request.severity;
}

QList<Metric> ReplyScenario::metricsFrom(const LenientValue *value)
{
    QList<Metric> metrics;
    const bool isList = value && (value->isArray() || value->isObject());
    if (isList) {
        const size_t count = std::min(value->items.size(), size_t(MostMetricsRead));
        for (size_t i = 0; i < count; ++i) {
            addMetric(metrics, value->items[i], value->isObject() ? value->keys[i] : QString());
        }
        if (value->isObject() && !value->items.empty()) {
            repair(ReplyScenarioWords::tr("The metrics came as an object, not as an array."));
        }
        if (value->items.size() > count) {
            fault(ReplyScenarioWords::tr("\"metrics\" holds more than %1 metrics; give 3 to 6.")
                      .arg(MostMetricsRead));
        }
    }
    if (metrics.isEmpty() && wants(Part::Metrics)) {
        fault(ReplyScenarioWords::tr("\"metrics\" holds no metric that could be read."));
    }
    return metrics;
}

void ReplyScenario::addMetric(QList<Metric> &metrics, const LenientValue &value,
                              const QString &keyName)
{
    if (!value.isObject()) {
        fault(keyName.isEmpty()
                  ? ReplyScenarioWords::tr("An entry of \"metrics\" is no object.")
                  : ReplyScenarioWords::tr("The metric \"%1\" is no object with value, baseline, "
                                           "deviation_sigma and unit.")
                        .arg(keyName.left(LongestWord)));
        return;
    }
    Metric metric;
    metric.name = textOf(member(value, {u"metric_name", u"name", u"metric", u"key"})).trimmed();
    if (metric.name.isEmpty()) {
        metric.name = keyName.trimmed();
    }
    metric.name.truncate(LongestTitle);
    if (metric.name.isEmpty()) {
        fault(ReplyScenarioWords::tr("A metric has no \"metric_name\"."));
        return;
    }
    metric.unit = oneLine(textOf(member(value, {u"unit", u"units"})).simplified().left(40));
    const bool isComplete =
        numberFrom(member(value, {u"value", u"current", u"current_value", u"observed"}),
                   metric.name, QLatin1String("value"), metric.unit, metric.value) &&
        numberFrom(member(value, {u"baseline", u"expected", u"baseline_value", u"normal"}),
                   metric.name, QLatin1String("baseline"), metric.unit, metric.baseline) &&
        numberFrom(member(value, {u"deviation_sigma", u"sigma", u"deviation", u"z_score"}),
                   metric.name, QLatin1String("deviation_sigma"), metric.unit,
                   metric.deviationSigma);
    if (!isComplete) {
        return;
    }
    const auto pattern = metricPatternFromString(
        textOf(member(value, {u"pattern_type", u"pattern"})).trimmed().toLower());
    metric.pattern = pattern.value_or(guessedPattern(metric.name));
    metrics.append(metric);
}

bool ReplyScenario::numberFrom(const LenientValue *value, const QString &metric,
                               QLatin1String field, QString &unit, double &number)
{
    if (!value) {
        fault(ReplyScenarioWords::tr("The metric \"%1\" has no \"%2\".").arg(metric, field));
        return false;
    }
    if (value->kind == LenientValue::Kind::Number) {
        number = value->number;
        return true;
    }
    const QString text = textOf(value).trimmed();
    if (value->kind == LenientValue::Kind::Text) {
        QStringView rest(text);
        while (!rest.isEmpty() && (rest.front() == u'~' || rest.front() == QChar(0x2248))) {
            rest = rest.mid(1).trimmed();
        }
        // The longest beginning that is made of a number's signs.
        qsizetype length = 0;
        while (length < rest.size() && length < 64 &&
               (rest[length].isDigit() || rest[length] == QChar(0x2212) ||
                QStringView(u"+-.,_").contains(rest[length]) ||
                ((rest[length] == u'e' || rest[length] == u'E') && length + 1 < rest.size() &&
                 (rest[length + 1].isDigit() || rest[length + 1] == u'-' ||
                  rest[length + 1] == u'+')))) {
            ++length;
        }
        const QStringView suffix = rest.mid(length).trimmed();
        if (readsAsNumber(rest.left(length), number) &&
            (suffix.isEmpty() || unit.isEmpty() || isHarmlessSuffix(suffix, unit))) {
            if (!suffix.isEmpty() && unit.isEmpty() && !field.startsWith(QLatin1String("dev"))) {
                unit = suffix.left(40).toString();
            }
            repair(ReplyScenarioWords::tr("Numbers that came as text were read."));
            return true;
        }
    }
    const QString spelled =
        value->kind == LenientValue::Kind::NotFinite ? value->text : text.left(40);
    fault(ReplyScenarioWords::tr("The \"%1\" of the metric \"%2\" is no finite number: \"%3\". "
                                 "Give a plain number in the metric's unit.")
              .arg(field, metric, spelled));
    return false;
}

QJsonObject ReplyScenario::contextFrom(const LenientValue *value)
{
    if (!value) {
        if (wants(Part::Context) && !m_isPreview) {
            repair(ReplyScenarioWords::tr("No context was given."));
        }
        return {};
    }
    int left = MostContextValues;
    QJsonObject context;
    if (value->isArray()) {
        context = foldedPairs(*value);
    } else if (value->isObject()) {
        context = jsonOf(*value, left).toObject();
    } else if (const QString text = textOf(value).trimmed(); !text.isEmpty()) {
        repair(ReplyScenarioWords::tr("The context came as a text."));
        LenientValue inner;
        LenientJson reader(text);
        if (text.startsWith(u'{') && reader.read(0, inner)) {
            context = jsonOf(inner, left).toObject();
        } else {
            context.insert(QStringLiteral("notes"), text.left(LongestText));
        }
    }
    if (left <= 0) {
        repair(ReplyScenarioWords::tr("The context was too large, and was cut."));
    }
    return context;
}

/** An array of {key, value}, which is how a strict schema has a free object. */
QJsonObject ReplyScenario::foldedPairs(const LenientValue &array)
{
    QJsonObject context;
    QJsonArray notes;
    int left = MostContextValues;
    for (const LenientValue &item : array.items) {
        if (left <= 0) {
            break;
        }
        const LenientValue *keyed = item.isObject() ? member(item, {u"key", u"name"}) : nullptr;
        const QString key = snakeCased(textOf(keyed));
        if (key.isEmpty()) {
            notes.append(jsonOf(item, left));
            continue;
        }
        const LenientValue *value = member(item, {u"value", u"values"});
        QJsonValue json = value ? jsonOf(*value, left) : QJsonValue();
        // Where the schema allows texts only, lists come as texts.
        const QString text = json.toString().trimmed();
        if (text.size() < LongestText && (text.startsWith(u'[') || text.startsWith(u'{'))) {
            const QJsonDocument inner = QJsonDocument::fromJson(text.toUtf8());
            if (!inner.isNull()) {
                json = inner.isArray() ? QJsonValue(inner.array()) : QJsonValue(inner.object());
            }
        }
        const QJsonValue known = context.value(key);
        if (known.isUndefined()) {
            context.insert(key, json);
        } else {
            QJsonArray both = known.isArray() ? known.toArray() : QJsonArray{known};
            both.append(json);
            context.insert(key, both);
        }
    }
    if (!notes.isEmpty()) {
        repair(ReplyScenarioWords::tr("Parts of the context had no name; they became notes."));
        context.insert(QStringLiteral("notes"), notes);
    }
    return context;
}

QJsonValue ReplyScenario::jsonOf(const LenientValue &value, int &left)
{
    --left;
    switch (value.kind) {
    case LenientValue::Kind::Null:
        return QJsonValue::Null;
    case LenientValue::Kind::Bool:
        return value.isTrue;
    case LenientValue::Kind::Number:
        return value.number;
    case LenientValue::Kind::NotFinite:
        fault(ReplyScenarioWords::tr("The context holds a number that is not finite: \"%1\".")
                  .arg(value.text));
        return QJsonValue::Null;
    case LenientValue::Kind::Text:
        return value.text.left(LongestText);
    case LenientValue::Kind::Array: {
        QJsonArray array;
        for (const LenientValue &item : value.items) {
            if (left <= 0) {
                break;
            }
            array.append(jsonOf(item, left));
        }
        return array;
    }
    case LenientValue::Kind::Object: {
        QJsonObject object;
        for (size_t i = 0; i < value.items.size() && left > 0; ++i) {
            object.insert(value.keys[i].left(LongestTitle), jsonOf(value.items[i], left));
        }
        return object;
    }
    }
    return {};
}

QStringList ReplyScenario::actionsFrom(const LenientValue *value)
{
    QStringList words;
    if (value && value->isArray()) {
        for (const LenientValue &item : value->items) {
            words.append(item.isObject()
                             ? textOf(member(item, {u"action_type", u"type", u"name", u"action"}))
                             : textOf(&item));
            if (words.size() >= MostActions) {
                break;
            }
        }
    } else if (value && value->isText()) {
        words = value->text.left(LongestText).split(u',');
    }
    QStringList actions;
    for (const QString &word : std::as_const(words)) {
        const QString action = snakeCased(word);
        if (!action.isEmpty() && !actions.contains(action)) {
            actions.append(action);
        }
    }
    if (actions.isEmpty() && wants(Part::Actions) && !m_isPreview) {
        if (m_request.part == Part::Actions) {
            fault(ReplyScenarioWords::tr("\"expected_action_types\" is missing or empty."));
        } else {
            repair(ReplyScenarioWords::tr("No expected actions were given."));
        }
    }
    return actions;
}
