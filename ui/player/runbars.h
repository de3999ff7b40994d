// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/runmessages.h"

#include <QTimer>
#include <QWidget>
#include <array>
#include <optional>

class QAction;
class QPushButton;
class RunActions;

/**
 * What a run has to say, as a stack of lines, the newest on top, one for each kind. Nothing in it
 * moves or is replaced while the pointer or the keys are on it: what comes then waits, and is
 * counted. A button acts on the incidents that its line named when it was pressed.
 */
class RunBars : public QWidget
{
    Q_OBJECT

public:
    static constexpr int MostRows = 3;

    /** All of them outlive this. */
    RunBars(RunSession &session, IncidentTableModel &model, const RunActions &actions,
            QWidget *parent = nullptr);

    /** What the run has come to; there is always one, shown or not. */
    MessageBar *summary() const { return bar(RunMessage::Kind::Summary); }
    MessageBar *bar(RunMessage::Kind kind) const { return m_bars[size_t(kind)]; }
    /** A button of the summary, behind those that are there; the action outlives this. */
    void offerAfterRun(QAction *action);
    /** As before any run. */
    void clear();
    /**
     * So many rows at most, 1 … MostRows. Where their place is kept, the stack is as high with
     * nothing to say, so that nothing below it jumps; else it is as high as what it says.
     */
    void setRows(int rows, bool keepsPlace);

Q_SIGNALS:
    /** Everything that is known of that incident. */
    void detailsRequested(int row);
    void refireRequested(int row);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    using Kind = RunMessage::Kind;

    void refreshSoon();
    void refresh();
    void tick();
    bool isHeld() const;
    /** What there is to say now, the newest first. */
    QList<RunMessage> sorted();
    void arrange(const QList<RunMessage> &messages);
    void arrangeHeld(const QList<RunMessage> &messages);
    void show(const RunMessage &message);
    void hideRow(Kind kind);
    void place(qsizetype unshown);
    void showMore();
    void press(Kind kind, int offer);
    void act(RunMessage::Action action, int row);
    /** Asks of several incidents which one it is; acts at once on one alone. */
    void actOn(RunMessage::Action action, const QList<int> &rows, const QWidget *below);

    /** Since when a kind is there, and what it named last. */
    struct Known
    {
        int serial = 0;
        QList<int> rows;
    };

    RunSession &m_session;
    IncidentTableModel &m_model;
    RunMessages m_messages;
    std::array<MessageBar *, RunMessage::Kinds> m_bars{};
    std::array<std::optional<Known>, RunMessage::Kinds> m_known;
    std::array<std::optional<RunMessage>, RunMessage::Kinds> m_bound;
    QList<Kind> m_shown; ///< from top to bottom
    QPushButton *m_more = nullptr;
    QTimer m_soon;
    QList<QAction *> m_afterRun;
    int m_rows = MostRows;
    bool m_keepsPlace = false;
    int m_serial = 0;
    int m_first = 0; ///< the first one shown of what there is
    qint64 m_lastTick = -1;
    bool m_isTicking = false;
};
