// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runwords.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace {

/** The context of this file's words for translators. */
struct RecordWords
{
    Q_DECLARE_TR_FUNCTIONS(RunRecord)
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

QString preparationSentence(const QJsonObject &record)
{
    const QString kind = record.value(u"record").toString();
    if (kind == u"preparing") {
        return record.contains(u"index") ? RecordWords::tr("asks \"%1\" for its scenario")
                                               .arg(record.value(u"generator").toString())
                                         : RecordWords::tr("Scenarios are made before the start.");
    }
    if (kind == u"note") {
        return record.value(u"note").toString();
    }
    if (kind == u"fallback") {
        const QString why = record.value(u"why").toString() + u' ';
        const QString used = record.value(u"used").toString();
        return used == u"last_pinned"
                   ? QString(why + RecordWords::tr("Its last pinned scenario is sent."))
               : used == u"offline"
                   ? QString(why + RecordWords::tr("The built-in offline generator "
                                                   "made one instead."))
               : used == u"backend" ? QString(why + RecordWords::tr("Only its prompt is sent."))
                                    : QString(why + RecordWords::tr("It is skipped."));
    }
    const QJsonObject made = record.value(u"generated").toObject();
    if (kind == u"prepared" && made.contains(u"attempts")) {
        const QJsonObject tokens = made.value(u"tokens").toObject();
        const qint64 total =
            tokens.value(u"prompt").toInteger() + tokens.value(u"completion").toInteger();
        const QString text = RecordWords::tr("made by \"%1\", score %2")
                                 .arg(made.value(u"generator").toString(),
                                      QString::number(made.value(u"score").toInt()));
        return total > 0 ? QString(text + RecordWords::tr(", %1 tokens").arg(total)) : text;
    }
    return {};
}
