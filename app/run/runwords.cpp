// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runwords.h"

#include "app/generation/generators.h"
#include "app/run/runeventcodec.h"

#include <QCoreApplication>

namespace {

/** The context of this file's words for translators. */
struct RecordWords
{
    Q_DECLARE_TR_FUNCTIONS(RunRecord)
};

/** Says what an event tells of the making of a scenario. */
struct PreparationWords
    : Ignores<RunBegan, ScenarioKept, ClockStarted, Paused, Resumed, Held, Released, SpeedChanged,
              Jumped, Stopped, Armed, Sending, Waiting, Created, Failed, Skipped, BecameUncertain,
              NotFound, Fetched, Refired, TakenBack, Continued, NetworkChanged, ResumedRun,
              Finished, Named, Judged, Unknown>
{
    using Ignores::operator();
    void operator()(const PreparationBegan &)
    {
        sentence = RecordWords::tr("Scenarios are made before the start.");
    }
    void operator()(const GeneratorAsked &asked)
    {
        sentence = RecordWords::tr("asks \"%1\" for its scenario").arg(asked.generator);
    }
    void operator()(const Noted &noted) { sentence = noted.note; }
    void operator()(const FellBack &back)
    {
        using Generators::Fallback;
        const QString why = back.why + u' ';
        const std::optional<Fallback> used = Generators::fallbackFromString(back.used);
        sentence =
            used == Fallback::LastPinned
                ? QString(why + RecordWords::tr("Its last pinned scenario is sent."))
            : used == Fallback::Offline
                ? QString(why + RecordWords::tr("The built-in offline generator made one instead."))
            : used == Fallback::Backend ? QString(why + RecordWords::tr("Only its prompt is sent."))
                                        : QString(why + RecordWords::tr("It is skipped."));
    }
    void operator()(const Prepared &prepared)
    {
        const std::optional<Making> made = makingIn(prepared.generated);
        if (!made) {
            return;
        }
        const QString text = RecordWords::tr("made by \"%1\", score %2")
                                 .arg(made->generator, QString::number(made->score));
        const qint64 total = made->tokens.total();
        sentence = total > 0 ? QString(text + RecordWords::tr(", %1 tokens").arg(total)) : text;
    }

    QString sentence;
};

} // namespace

QString severityLetter(Severity severity)
{
    switch (severity) {
    case Severity::Low:
        return QCoreApplication::translate("Severity", "L", "letter of low");
    case Severity::Medium:
        return QCoreApplication::translate("Severity", "M", "letter of medium");
    case Severity::High:
        return QCoreApplication::translate("Severity", "H", "letter of high");
    case Severity::Critical:
        return QCoreApplication::translate("Severity", "C", "letter of critical");
    }
    return {};
}

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Low:
        return QCoreApplication::translate("Severity", "Low");
    case Severity::Medium:
        return QCoreApplication::translate("Severity", "Medium");
    case Severity::High:
        return QCoreApplication::translate("Severity", "High");
    case Severity::Critical:
        return QCoreApplication::translate("Severity", "Critical");
    }
    return {};
}

QString stateName(IncidentState state)
{
    switch (state) {
    case IncidentState::Scheduled:
        return QCoreApplication::translate("IncidentState", "Scheduled");
    case IncidentState::Preparing:
        return QCoreApplication::translate("IncidentState", "Preparing");
    case IncidentState::Ready:
        return QCoreApplication::translate("IncidentState", "Ready");
    case IncidentState::Waiting:
        return QCoreApplication::translate("IncidentState", "Waiting");
    case IncidentState::Sending:
        return QCoreApplication::translate("IncidentState", "Sending");
    case IncidentState::Created:
        return QCoreApplication::translate("IncidentState", "Created");
    case IncidentState::Failed:
        return QCoreApplication::translate("IncidentState", "Failed");
    case IncidentState::Skipped:
        return QCoreApplication::translate("IncidentState", "Skipped");
    case IncidentState::Uncertain:
        return QCoreApplication::translate("IncidentState", "Uncertain");
    }
    return {};
}

QString shortIncidentId(const QString &id)
{
    constexpr qsizetype Shown = 8;
    return id.left(Shown);
}

QString preparationSentence(const RunEvent &event)
{
    PreparationWords words;
    std::visit(words, event.what);
    return words.sentence;
}
