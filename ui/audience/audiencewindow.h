// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/liveseries.h"
#include "ui/audience/audiencepainter.h"
#include "ui/charts/runfollower.h"

#include <QTimer>
#include <QWidget>
#include <memory>

class QScreen;

enum class AudienceAppearance { Dark, Light, AsWindow };

/**
 * What the audience sees of a run, on a screen of its own and readable from the last row: title,
 * clock, the current incident with its metrics, and what was before it. The incidents are those of
 * the plan at their moments; the responder's answers are added as they come. It has no controls and
 * shows nothing of how incidents are sent. While it is hidden it computes nothing. Closing it
 * changes nothing of the run; no key that is pressed in it reaches the run.
 */
class AudienceWindow : public QWidget
{
    Q_OBJECT

public:
    explicit AudienceWindow(QWidget *parent = nullptr);

    /** With each record. An empty one is "before the run". */
    void setRun(const RunRecord &record);
    /** With each tick: on the timeline's clock, and in real time since the run's start, in ms. */
    void setPosition(double timelineMs, double elapsedMs);
    /** Of the timeline that is open, for the time before the run. */
    void setTitle(const QString &title);
    /** When the run is to begin; an invalid one is "shortly". */
    void setBeginning(const QDateTime &beginning);
    /** Does not wait for the last incident's metrics to end. Only after a run; until the next. */
    void showEnd();
    bool canShowEnd() const;
    /** A run that was stopped may still be continued: the audience keeps what it saw until then. */
    void setHeld(bool held);

    /**
     * Draws the curtain: a plain ground with the title and one line, whatever the run does behind
     * it.
     */
    void setCurtain(bool isDrawn);
    bool isCurtainDrawn() const { return m_isCurtainDrawn; }
    /** What stands on the curtain below the title, "Back in two minutes"; remembered. */
    QString curtainLine() const { return m_curtainLine; }
    void setCurtainLine(const QString &line);

    /** Whether the audience sees when and where the next incident begins; remembered. */
    bool showsNext() const { return m_options.showsNext; }
    void setShowsNext(bool shows);
    /** Dark unless the user chose otherwise; remembered. */
    AudienceAppearance appearance() const { return m_appearance; }
    void setAppearance(AudienceAppearance appearance);

    /**
     * Shows it on that screen: filling it, or as a window that can be moved and resized. nullptr
     * is the screen where it is.
     */
    void showOn(QScreen *screen, bool isFilling);

    /** What is shown. */
    const AudienceContent &content() const { return m_content; }
    const QList<AudienceChart> &charts() const { return m_charts; }
    QSize sizeHint() const override;

Q_SIGNALS:
    /** The user pressed Esc: the operator's window is wanted. This one stays as it is. */
    void operatorWanted();
    /** It was opened or closed, has filled or left its screen, or its curtain was drawn. */
    void shownChanged();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    const Theme &theme() const;
    void refresh();
    void follow(const AudienceContent &before);
    void describe();
    void computeCharts();
    void updateCursor(bool isMoving);

    RunFollower m_follower;
    AudienceContent::Options m_options;
    AudienceAppearance m_appearance = AudienceAppearance::Dark;
    AudienceContent m_content;
    AudienceLayout m_layout;
    std::unique_ptr<LiveSeries> m_series; // of the current incident
    std::shared_ptr<const Scenario> m_scenario;
    int m_seriesOf = -1;
    QList<qsizetype> m_metrics;
    QList<AudienceChart> m_charts;
    QTimer m_beforeTimer;
    QTimer m_cursorTimer;
    bool m_isEndWanted = false;
    bool m_isHeld = false;
    bool m_isCurtainDrawn = false;
    QString m_curtainLine;
};
