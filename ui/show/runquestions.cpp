// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/runquestions.h"

#include "app/base/timetext.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/player/runsession.h"
#include "ui/widgets/parametersdialog.h"
#include "ui/widgets/timeedit.h"

#include <QGridLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QScopeGuard>
#include <algorithm>
#include <cmath>

namespace {

constexpr qsizetype MostNamed = 6;

/** Holds the run's clock as long as it is there, from one question to the next. */
auto hold(RunSession &session)
{
    session.beginQuestion();
    return qScopeGuard([&session] { session.endQuestion(); });
}

/** A message box is as wide as its first line, which is too narrow for sentences. */
void prepare(QMessageBox &box, Glyph glyph)
{
    const QFontMetricsF metrics(box.font());
    const int side = scaledInt(metrics, 32);
    box.setIconPixmap(icon(glyph).pixmap(QSize(side, side), box.devicePixelRatioF()));
    if (auto *grid = qobject_cast<QGridLayout *>(box.layout())) {
        grid->addItem(new QSpacerItem(scaledInt(metrics, 440), 0), grid->rowCount(), 0, 1,
                      grid->columnCount());
    }
}

} // namespace

RunQuestions::RunQuestions(RunSession &session, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_window(window)
{}

void RunQuestions::jump()
{
    const auto held = hold(m_session);
    ParametersDialog dialog(tr("Jump"), tr("The run's clock is turned to that time."), tr("&Jump"),
                            m_window);
    const TimeEdit *to = dialog.addTime(
        tr("&To"), std::chrono::milliseconds(
                       std::llround(toMilliseconds(m_session.position()) / 1000) * 1000));
    if (dialog.exec() != QDialog::Accepted) {
        return;
    }
    // Whoever types a time means it; only what becomes of incidents is still open.
    const bool isAhead = double(to->time().count()) >= toMilliseconds(m_session.position());
    const bool isOpen = m_session.isOpen() && m_session.state() != RunState::Preparing;
    if (isOpen && isAhead && m_session.outlook().passedBy(TimelinePosition(to->time())).empty()) {
        m_session.controls().jump(to->time(), LatePolicy::Skip);
    } else {
        jumpTo(to->time());
    }
}

void RunQuestions::jumpTo(std::chrono::milliseconds position)
{
    if (!m_session.isOpen() || m_session.state() == RunState::Preparing) {
        return;
    }
    const auto held = hold(m_session);
    const QList<int> passed = m_session.outlook().passedBy(TimelinePosition(position));
    const bool isBack = double(position.count()) < toMilliseconds(m_session.position());
    QMessageBox box(QMessageBox::Question, tr("Jump"), tr("Jump to %1?").arg(clockText(position)),
                    QMessageBox::Cancel, m_window);
    box.setObjectName(QStringLiteral("jumpQuestion"));
    QPushButton *fire = nullptr;
    QPushButton *go = nullptr;
    if (passed.empty()) {
        box.setInformativeText(
            isBack ? tr("What was sent stays sent and is not sent again; what was not waits for "
                        "its moment again.")
                   : tr("No incident lies between."));
        go = box.addButton(tr("&Jump"), QMessageBox::AcceptRole);
    } else {
        QStringList names;
        for (qsizetype i = 0; i < std::min(passed.size(), MostNamed); ++i) {
            names << tr("#%1 %2")
                         .arg(passed[i] + 1)
                         .arg(m_session.record().incidents()[passed[i]].title);
        }
        if (passed.size() > MostNamed) {
            names << tr("and %1 more").arg(passed.size() - MostNamed);
        }
        box.setInformativeText(
            (passed.size() == 1 ? tr("1 incident lies between:")
                                : tr("%1 incidents lie between:").arg(passed.size())) +
            u'\n' + names.join(u'\n') +
            tr("\nThose that are fired go out in order, a tenth of a second apart."));
        go = box.addButton(passed.size() == 1 ? tr("&Skip it") : tr("&Skip them"),
                           QMessageBox::AcceptRole);
        fire = box.addButton(passed.size() == 1 ? tr("&Fire it") : tr("&Fire them"),
                             QMessageBox::AcceptRole);
    }
    prepare(box, Glyph::Follow);
    box.setDefaultButton(QMessageBox::Cancel);
    box.setEscapeButton(QMessageBox::Cancel);
    box.exec();
    const bool fires = fire && box.clickedButton() == fire;
    if (!fires && box.clickedButton() != go) {
        return;
    }
    // One may have gone out just as the question came up: what was answered is not what is.
    if (m_session.outlook().passedBy(TimelinePosition(position)) != passed) {
        jumpTo(position);
    } else {
        m_session.controls().jump(position, fires ? LatePolicy::SendNow : LatePolicy::Skip);
    }
}

void RunQuestions::refire(int row)
{
    if (!m_session.controls().canRefire(row)) {
        return;
    }
    const IncidentRun run = m_session.record().incidents()[row];
    if (run.state != IncidentState::Uncertain) {
        m_session.controls().refire(row);
        return;
    }
    const auto held = hold(m_session);
    QMessageBox box(QMessageBox::Warning, tr("Send again"),
                    tr("#%1 %2 may exist already.").arg(row + 1).arg(run.title),
                    QMessageBox::Cancel, m_window);
    box.setObjectName(QStringLiteral("refireQuestion"));
    box.setInformativeText(tr("Nobody knows whether it was created. Sent again, it may be there "
                              "twice."));
    const QPushButton *again = box.addButton(tr("&Send again"), QMessageBox::DestructiveRole);
    prepare(box, Glyph::Warning);
    box.setDefaultButton(QMessageBox::Cancel);
    box.setEscapeButton(QMessageBox::Cancel);
    box.exec();
    if (box.clickedButton() == again) {
        m_session.controls().refire(row);
    }
}

bool RunQuestions::stopAndQuit()
{
    const auto held = hold(m_session);
    QMessageBox box(QMessageBox::Warning, tr("A run is in progress"), tr("Stop the run and quit?"),
                    QMessageBox::NoButton, m_window);
    box.setObjectName(QStringLiteral("quitQuestion"));
    box.setInformativeText(
        m_session.isWaitingForEnd()
            ? tr("Nothing is left to come. What is uncertain is not looked for any longer; the "
                 "report can look for it again.")
            : tr("What has been sent stays sent; nothing more will be. The run can be continued "
                 "from the past runs."));
    const QPushButton *stop = box.addButton(tr("&Stop and quit"), QMessageBox::DestructiveRole);
    QPushButton *keep = box.addButton(tr("&Keep running"), QMessageBox::RejectRole);
    prepare(box, Glyph::Warning);
    box.setDefaultButton(keep);
    box.setEscapeButton(keep);
    box.exec();
    if (box.clickedButton() != stop) {
        return false;
    }
    m_session.controls().stopNow();
    return true;
}
