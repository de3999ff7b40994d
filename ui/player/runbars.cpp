// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runbars.h"

#include "app/run/runwords.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/runactions.h"
#include "ui/player/runsession.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <algorithm>
#include <utility>

namespace {

using Action = RunMessage::Action;

/** In the order of RunMessage::Kind. */
constexpr std::array<const char *, RunMessage::Kinds> BarNames{
    "summaryBar",   "fallbackBar", "preparingBar", "skippedBar", "waitingBar",
    "uncertainBar", "failedBar",   "networkBar",   "pauseBar",   "stoppedBar"};

bool endsTheRun(const RunMessage &message)
{
    return std::any_of(message.offers.begin(), message.offers.end(),
                       [](const RunMessage::Offer &o) { return o.action == Action::EndShow; });
}

/** What can be shown in the place of the other with the pointer on it: what ends the run for good
 * never comes to stand where another button was. */
bool isSame(const RunMessage &a, const RunMessage &b)
{
    return a.kind == b.kind && a.rows == b.rows && endsTheRun(a) == endsTheRun(b);
}

} // namespace

RunBars::RunBars(RunSession &session, IncidentTableModel &model, const RunActions &actions,
                 QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(model)
    , m_messages(session, model, actions.takeBack)
    , m_more(new QPushButton(this))
{
    setObjectName(QStringLiteral("runBars"));
    setAccessibleName(tr("Messages of the run"));
    for (size_t i = 0; i < m_bars.size(); ++i) {
        auto *bar = new MessageBar(this);
        bar->setObjectName(QLatin1String(BarNames[i]));
        bar->setSlim();
        bar->setClosable(false); // they are there as long as what they say
        bar->setSilent();        // the run's own voice says it as it happens
        const auto kind = Kind(i);
        connect(bar, &MessageBar::actionChosen, this,
                [this, kind](int offer) { press(kind, offer); });
        m_bars[i] = bar;
    }
    m_more->setObjectName(QStringLiteral("moreBelow"));
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->hide();
    connect(m_more, &QPushButton::clicked, this, &RunBars::showMore);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    hide();

    // Many records come at once, and each is only a part of what there is to say.
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &RunBars::refresh);
    connect(&session, &RunSession::recorded, this,
            [this](const RunEvent &event) { m_messages.apply(event); });
    connect(&session, &RunSession::changed, this, &RunBars::refreshSoon);
    connect(&session, &RunSession::finished, this, &RunBars::refreshSoon);
    connect(&session, &RunSession::cleared, this, &RunBars::clear);
    connect(&session, &RunSession::ticked, this, &RunBars::tick);
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *old) {
        if (old && isAncestorOf(old)) {
            refreshSoon();
        }
    });
}

void RunBars::offerAfterRun(QAction *action)
{
    m_afterRun.append(action);
    connect(action, &QAction::changed, this, &RunBars::refreshSoon);
    refreshSoon();
}

void RunBars::clear()
{
    m_messages.clear();
    m_known = {};
    m_first = 0;
    arrange({}); // whatever is under the pointer: it was asked for
}

void RunBars::setRows(int rows, bool keepsPlace)
{
    if (rows == m_rows && keepsPlace == m_keepsPlace) {
        return;
    }
    m_rows = rows;
    m_keepsPlace = keepsPlace;
    arrange(sorted());
}

bool RunBars::isHeld() const
{
    return isVisible() && (underMouse() || isAncestorOf(QApplication::focusWidget()));
}

void RunBars::refreshSoon()
{
    if (!m_soon.isActive()) {
        m_soon.start();
    }
}

void RunBars::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    refreshSoon();
}

QList<RunMessage> RunBars::sorted()
{
    QList<RunMessage::Offer> afterRun;
    for (int i = 0; i < int(m_afterRun.size()); ++i) {
        if (m_afterRun[i]->isEnabled()) {
            afterRun.append({Action::AfterRun, m_afterRun[i]->iconText(), i});
        }
    }
    QList<RunMessage> messages = m_messages.now(afterRun);
    m_isTicking = false;
    auto before = std::exchange(m_known, {});
    for (const RunMessage &message : std::as_const(messages)) {
        const auto &known = before[size_t(message.kind)];
        const bool isNews =
            !known || std::any_of(message.rows.begin(), message.rows.end(),
                                  [&](int row) { return !known->rows.contains(row); });
        m_known[size_t(message.kind)] = {isNews ? ++m_serial : known->serial, message.rows};
        m_isTicking = m_isTicking || message.isTicking;
    }
    std::sort(messages.begin(), messages.end(), [this](const RunMessage &a, const RunMessage &b) {
        return m_known[size_t(a.kind)]->serial > m_known[size_t(b.kind)]->serial;
    });
    return messages;
}

void RunBars::refresh()
{
    const QList<RunMessage> messages = sorted();
    if (isHeld()) {
        arrangeHeld(messages);
    } else {
        m_first = 0;
        arrange(messages);
    }
}

void RunBars::arrange(const QList<RunMessage> &messages)
{
    const QList<Kind> before = std::exchange(m_shown, {});
    const qsizetype last = std::min(qsizetype(m_first) + m_rows, messages.size());
    for (qsizetype i = m_first; i < last; ++i) {
        m_shown.append(messages[i].kind);
        show(messages[i]);
    }
    for (const Kind kind : before) {
        if (!m_shown.contains(kind)) {
            hideRow(kind);
        }
    }
    place(messages.size() - m_shown.size());
}

void RunBars::arrangeHeld(const QList<RunMessage> &messages)
{
    qsizetype seen = 0;
    for (const Kind kind : std::as_const(m_shown)) {
        const auto now = std::find_if(messages.begin(), messages.end(),
                                      [kind](const RunMessage &m) { return m.kind == kind; });
        const auto &bound = m_bound[size_t(kind)];
        if (now == messages.end()) {
            m_bars[size_t(kind)]->setSettled(true);
        } else if (bound && isSame(*bound, *now)) {
            show(*now);
            ++seen;
        }
    }
    // Below what stands there is room that nobody points at for a button.
    for (const RunMessage &message : messages) {
        if (m_shown.size() < m_rows && !m_shown.contains(message.kind)) {
            m_shown.append(message.kind);
            show(message);
            ++seen;
        }
    }
    place(messages.size() - seen);
}

void RunBars::show(const RunMessage &message)
{
    MessageBar *bar = m_bars[size_t(message.kind)];
    m_bound[size_t(message.kind)] = message;
    QStringList texts;
    for (const RunMessage::Offer &offer : message.offers) {
        texts << offer.text;
    }
    bar->setSettled(false);
    bar->setState(message.state);
    bar->setSpoken(message.spoken);
    bar->setActions(texts);
    bar->showMessage(message.look, message.headline, message.sentence);
}

void RunBars::hideRow(Kind kind)
{
    m_bound[size_t(kind)].reset();
    m_bars[size_t(kind)]->setSettled(false);
    m_bars[size_t(kind)]->hide();
}

void RunBars::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    int y = 0;
    for (const Kind kind : std::as_const(m_shown)) {
        MessageBar *bar = m_bars[size_t(kind)];
        bar->setGeometry(0, y, width(), bar->height());
        y += bar->height();
    }
}

void RunBars::place(qsizetype unshown)
{
    const int high = MessageBar::slimHeight(font());
    const int wanted = (m_keepsPlace ? m_rows : int(m_shown.size())) * high;
    if (wanted > 0 && (minimumHeight() != wanted || maximumHeight() != wanted)) {
        setFixedHeight(wanted);
    }
    setVisible(wanted > 0);

    const bool hasMore = unshown > 0 && !m_shown.isEmpty();
    const qsizetype below = unshown - m_first; // those above are known already
    m_more->setText(below <= 0   ? tr("Back to the newest")
                    : below == 1 ? tr("1 more below")
                                 : tr("%1 more below").arg(below));
    m_more->setVisible(hasMore);
    const QSize size = m_more->sizeHint().boundedTo(QSize(width() / 2, high - 4));
    int y = 0;
    for (const Kind kind : std::as_const(m_shown)) {
        MessageBar *bar = m_bars[size_t(kind)];
        bar->setGeometry(0, y, width(), high);
        y += high;
        const bool isLast = kind == m_shown.last();
        bar->setRoomAtEnd(hasMore && isLast ? size.width() + scaledInt(QFontMetricsF(font()), 6)
                                            : 0);
    }
    const int aside = scaledInt(QFontMetricsF(font()), 6);
    m_more->setGeometry(width() - size.width() - aside, y - high + (high - size.height()) / 2,
                        size.width(), size.height());
    m_more->raise();
    update();
}

void RunBars::showMore()
{
    const QList<RunMessage> messages = sorted();
    const int next = m_first + m_rows;
    m_first = next < messages.size() ? next : 0;
    arrange(messages);
}

void RunBars::tick()
{
    const auto second = qint64(toMilliseconds(m_session.age()) / 1000);
    if (!m_isTicking || second == m_lastTick || !isVisible()) {
        return;
    }
    m_lastTick = second;
    refresh();
}

void RunBars::press(Kind kind, int offer)
{
    const auto &bound = m_bound[size_t(kind)];
    if (!bound || offer >= bound->offers.size()) {
        return;
    }
    const RunMessage message = *bound; // what follows may bind another one
    const RunMessage::Offer chosen = message.offers[offer];
    switch (chosen.action) {
    case Action::AfterRun:
        m_afterRun[chosen.number]->trigger();
        return;
    case Action::Dismiss:
        m_messages.dismiss(kind);
        refresh();
        return;
    case Action::StartNow:
        m_session.controls().pressGo();
        return;
    case Action::ResumeHere:
        m_session.controls().resume(std::nullopt);
        return;
    case Action::CatchUpAndSend:
        m_session.controls().resume(LatePolicy::SendNow);
        return;
    case Action::CatchUpAndSkip:
        m_session.controls().resume(LatePolicy::Skip);
        return;
    case Action::Continue:
        m_session.continueRun();
        return;
    case Action::EndShow:
        m_session.endShow();
        return;
    case Action::TakeBack:
        if (message.rows == m_session.controls().lastSkipped()) {
            m_session.controls().takeBackLast();
            return;
        }
        break;
    case Action::Skip:
    case Action::SendAgain:
    case Action::Details:
        break;
    }
    actOn(chosen.action, message.rows, m_bars[size_t(kind)]);
}

void RunBars::actOn(Action action, const QList<int> &rows, const QWidget *below)
{
    if (rows.size() == 1) {
        act(action, rows.first());
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const int row : rows) {
        const IncidentRun *run = m_model.run(row);
        QString title =
            tr("#%1 %2", "a number and a title").arg(row + 1).arg(run ? run->title : QString());
        title.replace(u'&', QStringLiteral("&&")); // no key is made of it
        menu->addAction(title, this, [this, action, row] { act(action, row); });
    }
    const QSize size = menu->sizeHint();
    menu->popup(below->mapToGlobal(QPoint(below->width() - size.width(), below->height())));
}

void RunBars::act(Action action, int row)
{
    switch (action) {
    case Action::Skip:
        // Between the line and the press it may have gone out after all.
        if (m_model.stateOf(row) == IncidentState::Waiting) {
            m_session.controls().skip(row);
        }
        return;
    case Action::SendAgain:
        if (m_session.controls().canRefire(row)) {
            Q_EMIT refireRequested(row);
        }
        return;
    case Action::TakeBack:
        m_session.controls().takeBack(row);
        return;
    case Action::Details:
        Q_EMIT detailsRequested(row);
        return;
    default:
        return;
    }
}

void RunBars::paintEvent(QPaintEvent *)
{
    if (!m_keepsPlace || m_shown.size() == m_rows) {
        return;
    }
    // The place that is kept for what may come.
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const int top = int(m_shown.size()) * MessageBar::slimHeight(font());
    painter.setPen(theme.separator);
    painter.drawRect(QRectF(0, top, width(), height() - top).adjusted(0.5, 0.5, -0.5, -0.5));
    if (!m_shown.isEmpty()) {
        return;
    }
    painter.setPen(theme.secondary);
    painter.drawText(rect(), Qt::AlignCenter, tr("No messages"));
}
