// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/metriccurve.h"
#include "ui/audience/audiencecontent.h"
#include "ui/audience/audiencelayout.h"
#include "ui/look/theme.h"

class QPainter;

/** One metric of the current incident, ready to be painted. */
struct AudienceChart
{
    QString name;
    /** What it is now, and its unit. */
    QString number;
    QString unit;
    /** On the axis, left of the plot: where it goes, and "usual 45". */
    QString valueLabel;
    QString baselineLabel;
    MetricCurve curve;
};

/** Paints the parts of the audience view, each into the place that the layout gives it. */
class AudiencePainter
{
public:
    /** The painter is scaled to the layout's units. */
    AudiencePainter(QPainter *painter, const AudienceLayout &layout, const Theme &theme,
                    const QFont &font);

    void paintHeader(const AudienceContent &content) const;
    void paintIncident(const AudienceContent &content, bool hasCharts) const;
    void paintChart(const QRectF &place, const AudienceChart &chart) const;
    void paintPlaces(const AudienceContent &content) const;
    void paintBeginning(const AudienceContent &content) const;
    void paintEnd(const AudienceContent &content) const;
    /** Instead of all of them. `line` may be empty. */
    void paintCurtain(const QString &title, const QString &line) const;

    /** For what is there but says nothing, such as a count of zero. */
    static QColor dimmed(const Theme &theme);

private:
    QFont sized(int pixels, QFont::Weight weight = QFont::Normal) const;
    /** Returns the width. */
    double text(QPointF baseline, int pixels, QFont::Weight weight, const QColor &ink,
                const QString &text, Qt::Alignment alignment = Qt::AlignLeft) const;
    double digits(QPointF baseline, int pixels, const QColor &ink, const QString &text,
                  Qt::Alignment alignment = Qt::AlignLeft) const;
    void frame(const QRectF &place, const QColor &ink, double width, const QColor &ground,
               Qt::PenStyle style = Qt::SolidLine) const;
    double countsWidth(const AudienceContent &content, int pixels, bool hasWords) const;
    void paintCounts(const AudienceContent &content, QPointF left, int pixels, bool hasWords) const;
    /** Returns whether it takes one line. */
    bool paintHeadline(const AudienceContent &content, const QRectF &room) const;
    void paintNarration(const QString &narration, const QRectF &room, bool hasRoom) const;
    void paintResponder(const QRectF &place, const AudienceContent::Responder &responder) const;
    void paintTimeLabels(const QRectF &plot, const MetricCurve &curve, double baseline) const;
    void paintCard(const QRectF &place, const AudienceContent::Card &card) const;
    void paintNext(const QRectF &place, const AudienceContent &content) const;

    QPainter *m_painter;
    const AudienceLayout &m_layout;
    const Theme &m_theme;
    QFont m_font;
};
