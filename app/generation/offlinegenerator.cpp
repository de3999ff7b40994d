// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/offlinegenerator.h"

#include "app/generation/archetype.h"
#include "app/generation/offlinemetrics.h"
#include "app/model/metrictext.h"
#include "app/settings/datapaths.h"
#include "app/timeline/promptvariables.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace {

/** What a prompt is taken for that is about none of the archetypes. */
constexpr auto FallbackArchetype = QLatin1String("latency_degradation");
constexpr int GeneratedSeconds = 300;

bool beginsAWord(const QString &text, const QString &phrase)
{
    for (qsizetype at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
        if (at == 0 || !text[at - 1].isLetterOrNumber()) {
            return true;
        }
    }
    return false;
}

int matchOf(const Archetype &archetype, const QString &lowerPrompt)
{
    int sum = 0;
    for (const auto &[phrase, weight] : archetype.keywords) {
        if (beginsAWord(lowerPrompt, phrase)) {
            sum += weight;
        }
    }
    return sum;
}

/** Fills the {{words}} of texts and contexts, each with one choice for the whole scenario. */
class Wording
{
public:
    Wording(const Archetype &archetype, const GenerationRequest &request,
            const QList<Metric> &metrics, RandomDraw &draw)
        : m_draw(draw)
    {
        m_texts.insert(QStringLiteral("service"), request.service);
        for (auto it = archetype.words.begin(); it != archetype.words.end(); ++it) {
            m_texts.insert(it.key(), draw.choice(it.value()));
        }
        for (const Metric &metric : metrics) {
            m_texts.insert(metric.name + QStringLiteral(".value"),
                           metricValueText(metric.value, metric.unit));
            m_texts.insert(metric.name + QStringLiteral(".baseline"),
                           metricValueText(metric.baseline, metric.unit));
        }
    }

    QString filled(const QString &text) const
    {
        QString out;
        qsizetype at = 0;
        for (const PromptVariable &variable : promptVariables(text)) {
            out += QStringView(text).mid(at, variable.begin - at);
            out += m_texts.value(variable.name, variable.name);
            at = variable.begin + variable.length;
        }
        out += QStringView(text).mid(at);
        return out;
    }

    QJsonValue filledJson(const QJsonValue &value)
    {
        if (value.isString()) {
            return filled(value.toString());
        }
        if (value.isArray()) {
            const QJsonArray array = value.toArray();
            if (array.size() == 2 && array[0].isDouble() && array[1].isDouble()) {
                return double(std::llround(
                    m_draw.between(array[0].toDouble() - 0.49, array[1].toDouble() + 0.49)));
            }
            QJsonArray out;
            for (const QJsonValue entry : array) {
                out.append(filledJson(entry));
            }
            return out;
        }
        if (value.isObject()) {
            const QJsonObject object = value.toObject();
            QJsonObject out;
            for (auto it = object.begin(); it != object.end(); ++it) {
                out.insert(it.key(), filledJson(it.value()));
            }
            return out;
        }
        return value;
    }

private:
    RandomDraw &m_draw;
    QHash<QString, QString> m_texts;
};

/** Puts its one answer into the event loop. */
class OfflineJob : public GenerationJob
{
public:
    OfflineJob(const OfflineGenerator &generator, const GenerationRequest &request, QObject *parent)
        : GenerationJob(parent)
    {
        QMetaObject::invokeMethod(
            this,
            [this, &generator, request] {
                if (m_isDone) {
                    return;
                }
                Result<Generation> made = generator.make(request);
                if (!made) {
                    GenerationFailure failure;
                    failure.message = made.error().message;
                    end(tl::make_unexpected(failure));
                    return;
                }
                made->generatedAt = QDateTime::currentDateTimeUtc();
                Q_EMIT textReceived(QString::fromUtf8(
                    QJsonDocument(toJson(made->scenario)).toJson(QJsonDocument::Indented)));
                end(*made);
            },
            Qt::QueuedConnection);
    }

    void cancel() override
    {
        if (m_isDone) {
            return;
        }
        GenerationFailure failure;
        failure.kind = GenerationFailure::Kind::Cancelled;
        failure.message = QCoreApplication::translate("OfflineGenerator", "It was cancelled.");
        end(tl::make_unexpected(failure));
    }

private:
    void end(const GenerationOutcome &outcome)
    {
        if (!m_isDone) {
            m_isDone = true;
            Q_EMIT finished(outcome);
            deleteLater();
        }
    }

    bool m_isDone = false;
};

} // namespace

OfflineGenerator::OfflineGenerator(QObject *parent)
    : ScenarioGenerator(parent)
{
    const QString folder =
        DataPaths::shipped(QStringLiteral("scenarios")) + QStringLiteral("/archetypes");
    QList<BrokenFile> broken;
    m_archetypes = readArchetypes(folder, broken);
    if (!broken.isEmpty()) {
        m_problem = tr("%1: %2").arg(broken.first().path, broken.first().error.toString());
    } else if (m_archetypes.empty()) {
        m_problem = tr("The offline generator finds no archetypes in \"%1\"; install the program "
                       "again.")
                        .arg(folder);
    }
}

OfflineGenerator::~OfflineGenerator() = default;

GenerationJob *OfflineGenerator::generate(const GenerationRequest &request)
{
    return new OfflineJob(*this, request, this);
}

QStringList OfflineGenerator::archetypes() const
{
    QStringList ids;
    for (const Archetype &archetype : m_archetypes) {
        ids.append(archetype.id);
    }
    return ids;
}

QString OfflineGenerator::archetypeFor(const QString &prompt) const
{
    const QString lower = prompt.toLower();
    QString best = FallbackArchetype;
    int most = 0;
    for (const Archetype &archetype : m_archetypes) {
        const int match = matchOf(archetype, lower);
        if (match > most) {
            most = match;
            best = archetype.id;
        }
    }
    return best;
}

Result<Generation> OfflineGenerator::make(const GenerationRequest &request) const
{
    return makeFrom(archetypeFor(request.prompt), request);
}

Result<Generation> OfflineGenerator::makeFrom(const QString &archetype,
                                              const GenerationRequest &request) const
{
    const auto found =
        std::find_if(m_archetypes.begin(), m_archetypes.end(),
                     [&](const Archetype &candidate) { return candidate.id == archetype; });
    if (found == m_archetypes.end()) {
        return fail(m_problem.isEmpty() ? tr("There is no archetype \"%1\".").arg(archetype)
                                        : m_problem);
    }
    RandomDraw draw(request);
    const OfflineMetrics metrics = offlineMetrics(*found, request, draw);
    Wording words(*found, request, metrics.all, draw);

    Generation generation;
    generation.generator = name();
    generation.model = QStringLiteral("built-in");
    generation.seed = request.seed;
    Scenario &scenario = generation.scenario;
    scenario.origin = Scenario::Origin::Generated;
    scenario.id = generatedId(QStringLiteral("offline_"), request);
    // It is not an LLM, and does not pass itself off as one.
    scenario.name = QStringLiteral("[Offline] ") + words.filled(draw.choice(found->names));
    scenario.description = words.filled(draw.choice(found->descriptions));
    scenario.service = request.service;
    scenario.severity = request.severity;
    scenario.rootCause = found->rootCause;
    scenario.metrics = metrics.chosen;
    scenario.durationSeconds = GeneratedSeconds;
    scenario.expectedActions = found->actions;
    scenario.context = words.filledJson(found->context).toObject();
    scenario.context.insert(QStringLiteral("generated_by"), QStringLiteral("offline"));
    scenario.context.insert(QStringLiteral("generation_prompt"), request.prompt);
    scenario.tags = inferredTags(scenario.rootCause, scenario.description);
    scenario.difficulty = inferredDifficulty(scenario.severity, scenario.metrics.size());
    scenario = withOnlyPart(scenario, request);
    return generation;
}
