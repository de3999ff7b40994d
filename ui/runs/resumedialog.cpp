// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/resumedialog.h"

#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/widgets/livelook.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

QString incidentList(const RunRecord &record, const QList<int> &indices)
{
    constexpr qsizetype Most = 4;
    QStringList names;
    for (const int index : indices.mid(0, Most)) {
        names << QStringLiteral("#%1 %2").arg(index + 1).arg(record.incidents()[index].title);
    }
    if (indices.size() > Most) {
        names << ResumeDialog::tr("%1 more").arg(indices.size() - Most);
    }
    return names.join(QStringLiteral(", "));
}

ResumeDialog::ResumeDialog(const InterruptedRun &run, const QString &trouble, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("resumeDialog"));
    setWindowTitle(tr("A run was interrupted"));
    const QFontMetricsF metrics(font());
    const RunRecord &record = run.record;
    auto *column = new QVBoxLayout(this);
    column->setSpacing(scaledInt(metrics, 12));
    const auto say = [&](const QString &text) {
        auto *label = new QLabel(text, this);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMinimumWidth(scaledInt(metrics, 480));
        return label;
    };
    QLabel *head = say(record.timelineName());
    QFont bold = font();
    bold.setPointSizeF(bold.pointSizeF() * 1.2);
    bold.setWeight(QFont::DemiBold);
    head->setFont(bold);
    column->addWidget(head);
    QLabel *whence =
        say(run.whence() + u' ' +
            (record.target() == u"sandbox" ? tr("Its target is the sandbox.")
                                           : tr("Its target is %1.").arg(record.target())));
    whence->setObjectName(QStringLiteral("whence"));
    column->addWidget(whence);

    const auto warn = [&](const QString &text, const char *name) {
        QLabel *label = say(text);
        label->setObjectName(QLatin1String(name));
        setInk(label, &Theme::warning);
        column->addWidget(label);
    };
    if (!trouble.isEmpty()) {
        warn(trouble, "trouble");
    }
    if (!run.damage.isEmpty()) {
        warn(tr("%1 Incidents without an outcome are looked for on the target first, and not sent.")
                 .arg(run.damage),
             "damage");
    }
    auto *facts = new QGridLayout;
    facts->setHorizontalSpacing(scaledInt(metrics, 10));
    facts->setVerticalSpacing(scaledInt(metrics, 6));
    facts->setColumnStretch(1, 1);
    const auto fact = [&](IncidentState state, const QString &text) {
        auto *mark = new QLabel(this);
        const int side = scaledInt(metrics, 16);
        setMark(mark, stateIcon(state), side);
        const int row = facts->rowCount();
        facts->addWidget(mark, row, 0, Qt::AlignTop);
        facts->addWidget(say(text), row, 1);
    };
    if (const int created = record.count(IncidentState::Created); created > 0) {
        fact(IncidentState::Created,
             tr("%1 created; what was created is not sent again.").arg(created));
    }
    if (!run.inFlight.isEmpty()) {
        fact(IncidentState::Uncertain,
             run.afterReboot
                 ? tr("In flight or about to be when the computer went down: %1. They are looked "
                      "for on the target, and never sent again by themselves.")
                       .arg(incidentList(record, run.inFlight))
                 : tr("In flight: %1. They are looked for on the target, and never sent again by "
                      "themselves.")
                       .arg(incidentList(record, run.inFlight)));
    }
    if (!run.passed.isEmpty()) {
        fact(IncidentState::Waiting,
             tr("Their moments have passed meanwhile: %1.").arg(incidentList(record, run.passed)));
    }
    if (!run.remaining.isEmpty()) {
        fact(IncidentState::Scheduled,
             tr("Still to come, at their moments: %1.").arg(incidentList(record, run.remaining)));
    }
    column->addLayout(facts);

    if (!run.passed.isEmpty()) {
        m_shift = new QRadioButton(tr("&Continue from where it stopped; the rest shifts"), this);
        m_skip = new QRadioButton(tr("S&kip the passed ones"), this);
        m_fire = new QRadioButton(tr("&Send the passed ones now, one after the other"), this);
        m_shift->setObjectName(QStringLiteral("shiftPassed"));
        m_skip->setObjectName(QStringLiteral("skipPassed"));
        m_fire->setObjectName(QStringLiteral("firePassed"));
        m_skip->setChecked(true); // what surprises an audience least
        for (QRadioButton *choice : {m_shift, m_skip, m_fire}) {
            column->addWidget(choice);
        }
    }
    if (!run.isTargetNamed) {
        warn(tr("You have not used this target on this computer. A journal can come from anywhere; "
                "continue only if the target is yours."),
             "foreignTarget");
        m_trust =
            new QCheckBox(tr("Send the &API key and the rest of the run to this target"), this);
        m_trust->setObjectName(QStringLiteral("trustTarget"));
        column->addWidget(m_trust);
    }
    column->addStretch(1);
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *resume = buttons->addButton(tr("&Resume the run"), QDialogButtonBox::AcceptRole);
    resume->setDefault(true);
    if (m_trust) {
        resume->setEnabled(false);
        connect(m_trust, &QCheckBox::toggled, resume, &QPushButton::setEnabled);
    }
    QPushButton *leave = buttons->addButton(tr("&Not now"), QDialogButtonBox::RejectRole);
    leave->setToolTip(tr("It stays among the runs, where it can be resumed"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

std::optional<LatePolicy> ResumeDialog::passed() const
{
    if (!m_fire) {
        return std::nullopt;
    }
    return m_fire->isChecked()    ? LatePolicy::SendNow
           : m_shift->isChecked() ? LatePolicy::Shift
                                  : LatePolicy::Skip;
}
