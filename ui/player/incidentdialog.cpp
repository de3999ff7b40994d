// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/incidentdialog.h"

#include "ui/look/marks.h"
#include "ui/look/text.h"

#include <QDialogButtonBox>
#include <QJsonArray>
#include <QJsonObject>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace {

/** The first of these members that says something; targets differ in their words. */
QString firstOf(const QJsonObject &object, std::initializer_list<QLatin1String> keys)
{
    for (const QLatin1String key : keys) {
        const QString text = object.value(key).toString();
        if (!text.isEmpty()) {
            return text.toHtmlEscaped();
        }
    }
    return {};
}

/** How its sending went. */
QString sending(const IncidentRun &incident)
{
    QStringList parts{stateName(incident.state)};
    if (incident.isFiredByHand) {
        parts << IncidentDialog::tr("fired by hand");
    }
    if (incident.attempts > 0) {
        parts << (incident.attempts == 1
                      ? IncidentDialog::tr("sent once")
                      : IncidentDialog::tr("sent %1 times").arg(incident.attempts));
    }
    if (const auto late = incident.late()) {
        parts << IncidentDialog::tr("%1 late").arg(latencyText(*late));
    }
    if (const auto waited = incident.waited(); waited && *waited > Duration(0)) {
        parts << IncidentDialog::tr("waited %1 for the target").arg(latencyText(*waited));
    }
    // A refused or broken connection took time, too, but it was no answer.
    if (incident.latency &&
        (incident.state == IncidentState::Created || incident.httpStatus != 0)) {
        parts << IncidentDialog::tr("answered in %1").arg(latencyText(*incident.latency));
    }
    return parts.join(QStringLiteral(", "));
}

/** Its id, or why it has none. */
QString idLine(const IncidentRun &incident)
{
    if (!incident.incidentId.isEmpty()) {
        return IncidentDialog::tr("Id %1").arg(incident.incidentId.toHtmlEscaped());
    }
    switch (incident.state) {
    case IncidentState::Failed:
    case IncidentState::Skipped:
        return IncidentDialog::tr("It was not created, so it has no id");
    case IncidentState::Uncertain:
        return IncidentDialog::tr("It may exist; its id is not known");
    default:
        return IncidentDialog::tr("No id yet");
    }
}

QString listOf(const QJsonArray &entries, std::initializer_list<QLatin1String> keys)
{
    QString html = QStringLiteral("<ol>");
    for (const auto &entry : entries) {
        if (entry.isString()) {
            html += u"<li>" + entry.toString().toHtmlEscaped() + u"</li>";
            continue;
        }
        const QJsonObject object = entry.toObject();
        html += u"<li>" + firstOf(object, keys);
        const QJsonValue confidence = object.value(u"confidence_score").isDouble()
                                          ? object.value(u"confidence_score")
                                          : object.value(u"confidence");
        if (confidence.isDouble()) {
            html += QStringLiteral(" (%1 %)").arg(qRound(confidence.toDouble() * 100));
        }
        html += u"</li>";
    }
    return html + u"</ol>";
}

} // namespace

IncidentDialog::IncidentDialog(const IncidentRun &incident, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(incident.incidentId.isEmpty() ? tr("Incident #%1").arg(incident.index + 1)
                                                 : tr("Incident %1").arg(incident.incidentId));
    auto *text = new QTextBrowser(this);
    text->setHtml(html(incident));
    text->setFrameShape(QFrame::NoFrame);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(text);
    column->addWidget(buttons);
    const QFontMetricsF metrics(font());
    resize(scaledInt(metrics, 560), scaledInt(metrics, 440));
}

QString IncidentDialog::html(const IncidentRun &incident)
{
    QString html =
        QStringLiteral("<h3>%1</h3><p>%2<br>%3<br>%4</p>")
            .arg(incident.title.toHtmlEscaped(),
                 tr("%1 on %2")
                     .arg(severityName(incident.severity), incident.service.toHtmlEscaped()),
                 idLine(incident), sending(incident));
    if (!incident.error.isEmpty()) {
        html += u"<p>" + incident.error.toHtmlEscaped() + u"</p>";
    }
    if (incident.incidentId.isEmpty()) {
        return html;
    }
    const QJsonArray hypotheses = incident.incident.value(u"hypotheses").toArray();
    const QJsonArray actions = incident.incident.value(u"actions").toArray();
    const QString none =
        incident.isAnalysisFailed() ? tr("None: the target's analysis failed.") : tr("None yet.");
    html += u"<h4>" + tr("Hypotheses") + u"</h4>";
    html += hypotheses.isEmpty()
                ? u"<p>" + none + u"</p>"
                : listOf(hypotheses, {QLatin1String("description"), QLatin1String("hypothesis"),
                                      QLatin1String("title"), QLatin1String("category")});
    html += u"<h4>" + tr("Actions") + u"</h4>";
    html += actions.isEmpty()
                ? u"<p>" + none + u"</p>"
                : listOf(actions, {QLatin1String("name"), QLatin1String("title"),
                                   QLatin1String("description"), QLatin1String("action_type")});
    return html;
}
