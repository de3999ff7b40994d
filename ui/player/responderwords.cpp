// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/responderwords.h"

#include "app/base/timetext.h"
#include "ui/look/text.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

namespace {

struct Responder
{
    Q_DECLARE_TR_FUNCTIONS(Responder)
};

/** "answered after 1.5 s, 3 hypotheses, 2 actions" */
QString answered(const IncidentRun &run)
{
    QStringList parts;
    parts << (run.latency ? Responder::tr("answered after %1").arg(latencyText(*run.latency))
                          : Responder::tr("answered"));
    parts << hypothesesText(run.hypotheses.value_or(0));
    if (run.actions) {
        parts << actionsText(*run.actions);
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

ResponderWords responderWords(const IncidentRun &run, RunAge age, bool isOver)
{
    const auto same = [](const QString &text, bool isTrouble = false) {
        return ResponderWords{text, text, isTrouble};
    };
    const auto waits = [&] {
        if (isOver) {
            return same(Responder::tr("no answer"));
        }
        const RunAge since = run.lastSent.value_or(run.sent.value_or(age));
        const QString clock = timeText(secondsPassed(age - since));
        return ResponderWords{Responder::tr("waits, %1", "for an answer; a clock").arg(clock),
                              Responder::tr("waits for the answer"), false};
    };
    switch (run.state) {
    case IncidentState::Scheduled:
    case IncidentState::Preparing:
    case IncidentState::Ready:
        return same(isOver ? Responder::tr("never asked") : Responder::tr("not asked yet"));
    case IncidentState::Waiting:
        return same(Responder::tr("not asked yet; the target refuses for now"), true);
    case IncidentState::Sending:
        return waits();
    case IncidentState::Failed:
        return same(Responder::tr("not asked; the target did not take the incident"), true);
    case IncidentState::Uncertain:
        return same(Responder::tr("unknown; the incident may exist"), true);
    case IncidentState::Skipped:
        return same(Responder::tr("not asked; the incident was skipped"));
    case IncidentState::Created:
        break;
    }
    if (run.isAnalysisFailed()) {
        return same(Responder::tr("its analysis failed"), true);
    }
    return run.hypotheses ? same(answered(run)) : waits();
}

QString plainCategory(const QString &category)
{
    QString words = category;
    words.replace(u'_', u' ').replace(u'-', u' ');
    words = words.simplified();
    if (!words.isEmpty()) {
        words[0] = words[0].toUpper();
    }
    return words;
}

void LatestCauses::apply(const RunEvent &event)
{
    if (event.as<RunBegan>()) {
        clear();
        return;
    }
    const auto *fetched = event.as<Fetched>();
    if (!fetched || fetched->index < 0) {
        return;
    }
    const int index = fetched->index;
    QList<Cause> causes;
    for (const Hypothesis &hypothesis : hypothesesOf(fetched->incident.value_or(QJsonObject()))) {
        if (causes.size() == AtMost) {
            break;
        }
        const QString plain = plainCategory(hypothesis.category);
        const QString &said = hypothesis.description;
        if (!plain.isEmpty() || !said.isEmpty()) {
            causes.append({plain.isEmpty() ? said : plain, said.isEmpty() ? plain : said,
                           hypothesis.confidence});
        }
    }
    m_order.removeOne(index);
    m_order.append(index);
    m_causes.insert(index, causes);
    if (m_order.size() > Kept) {
        m_causes.remove(m_order.takeFirst());
    }
}

void LatestCauses::clear()
{
    m_causes.clear();
    m_order.clear();
}
