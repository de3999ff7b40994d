// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/icons.h"

#include "ui/look/marks.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <cmath>
#include <functional>

namespace {

using PaintGlyph = std::function<void(QPainter *, const QRectF &, const Theme &, const QColor &)>;

/** Paints an icon again for each size, mode and palette. */
class GlyphEngine : public QIconEngine
{
public:
    explicit GlyphEngine(PaintGlyph paintGlyph)
        : m_paint(std::move(paintGlyph))
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const QColor ink = mode == QIcon::Selected ? palette.color(QPalette::HighlightedText)
                                                   : palette.color(group, QPalette::ButtonText);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        m_paint(painter, QRectF(rect), Theme::of(palette), ink);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new GlyphEngine(m_paint); }

private:
    PaintGlyph m_paint;
};

/** The glyphs are drawn on a grid of 20 with a line of 1.5. */
void paintGlyph(QPainter *painter, Glyph glyph, const Theme &theme, const QColor &ink)
{
    painter->setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    const auto solid = [&] { painter->setBrush(ink); };
    switch (glyph) {
    case Glyph::Open:
        painter->drawPolyline(
            QPolygonF({{2.5, 16}, {2.5, 4}, {7.5, 4}, {9.5, 6.5}, {15.5, 6.5}, {15.5, 9}}));
        painter->drawPolygon(QPolygonF({{2.5, 16}, {5.5, 9}, {18.5, 9}, {15.5, 16}}));
        break;
    case Glyph::ToStart:
        solid();
        painter->drawLine(QPointF(5, 4.5), QPointF(5, 15.5));
        painter->drawPolygon(QPolygonF({{15, 5}, {15, 15}, {8, 10}}));
        break;
    case Glyph::Play:
        solid();
        painter->drawPolygon(QPolygonF({{6, 4}, {6, 16}, {16, 10}}));
        break;
    case Glyph::Pause:
        solid();
        painter->drawRect(QRectF(5.5, 4.5, 2.5, 11));
        painter->drawRect(QRectF(12, 4.5, 2.5, 11));
        break;
    case Glyph::Stop:
        solid();
        painter->drawRect(QRectF(5, 5, 10, 10));
        break;
    case Glyph::Go:
        painter->drawPolygon(QPolygonF({{10, 2}, {18, 10}, {10, 18}, {2, 10}}));
        solid();
        painter->drawPolygon(QPolygonF({{8.2, 7}, {8.2, 13}, {13, 10}}));
        break;
    case Glyph::Skip:
        solid();
        painter->drawPolygon(QPolygonF({{3, 5}, {3, 15}, {9, 10}}));
        painter->drawPolygon(QPolygonF({{9, 5}, {9, 15}, {15, 10}}));
        painter->drawLine(QPointF(17, 4.5), QPointF(17, 15.5));
        break;
    case Glyph::Fire:
        solid();
        painter->drawPolygon(
            QPolygonF({{11.5, 2}, {4.5, 11}, {9, 11}, {8, 18}, {15.5, 8.5}, {11, 8.5}}));
        break;
    case Glyph::ZoomIn:
    case Glyph::ZoomOut:
        painter->drawEllipse(QPointF(8.5, 8.5), 5.5, 5.5);
        painter->drawLine(QPointF(12.7, 12.7), QPointF(17, 17));
        painter->drawLine(QPointF(6, 8.5), QPointF(11, 8.5));
        if (glyph == Glyph::ZoomIn) {
            painter->drawLine(QPointF(8.5, 6), QPointF(8.5, 11));
        }
        break;
    case Glyph::ZoomFit:
        painter->drawLine(QPointF(2.5, 4), QPointF(2.5, 16));
        painter->drawLine(QPointF(17.5, 4), QPointF(17.5, 16));
        painter->drawLine(QPointF(5.5, 10), QPointF(14.5, 10));
        painter->drawPolyline(QPolygonF({{8, 7.5}, {5.5, 10}, {8, 12.5}}));
        painter->drawPolyline(QPolygonF({{12, 7.5}, {14.5, 10}, {12, 12.5}}));
        break;
    case Glyph::Follow:
        painter->drawLine(QPointF(6, 3), QPointF(6, 17));
        painter->drawLine(QPointF(9, 10), QPointF(17, 10));
        painter->drawPolyline(QPolygonF({{13.5, 6.5}, {17, 10}, {13.5, 13.5}}));
        break;
    case Glyph::Target:
        painter->drawLine(QPointF(7.5, 2.5), QPointF(7.5, 6));
        painter->drawLine(QPointF(12.5, 2.5), QPointF(12.5, 6));
        painter->drawPolygon(
            QPolygonF({{4.5, 6}, {15.5, 6}, {15.5, 9}, {12.5, 13}, {7.5, 13}, {4.5, 9}}));
        painter->drawLine(QPointF(10, 13), QPointF(10, 17.5));
        break;
    case Glyph::Pen:
        painter->drawPolygon(QPolygonF({{3.5, 16.5}, {4.5, 12.5}, {13, 4}, {16, 7}, {7.5, 15.5}}));
        painter->drawLine(QPointF(11, 6), QPointF(14, 9));
        break;
    case Glyph::Rehearse:
        painter->drawArc(QRectF(3, 3, 14, 14), 60 * 16, 270 * 16);
        painter->drawPolyline(QPolygonF({{9.5, 2.5}, {13.5, 4}, {11.5, 7.5}}));
        solid();
        painter->drawPolygon(QPolygonF({{8.3, 7}, {8.3, 13}, {13, 10}}));
        break;
    case Glyph::Show:
        painter->drawEllipse(QPointF(10, 10), 7, 7);
        solid();
        painter->drawEllipse(QPointF(10, 10), 3, 3);
        break;
    case Glyph::Lock:
        painter->drawArc(QRectF(6, 2.5, 8, 11), 0, 180 * 16);
        solid();
        painter->drawRoundedRect(QRectF(4, 8.5, 12, 8.5), 1, 1);
        break;
    case Glyph::Screen:
        painter->drawRect(QRectF(2.5, 3.5, 15, 10));
        painter->drawLine(QPointF(10, 13.5), QPointF(10, 17));
        painter->drawLine(QPointF(6.5, 17), QPointF(13.5, 17));
        break;
    case Glyph::Check:
        painter->drawPolyline(QPolygonF({{4, 10.5}, {8.5, 15}, {16, 5.5}}));
        break;
    case Glyph::Close:
        painter->drawLine(QPointF(5.5, 5.5), QPointF(14.5, 14.5));
        painter->drawLine(QPointF(14.5, 5.5), QPointF(5.5, 14.5));
        break;
    case Glyph::Error:
        paintState(painter, QRectF(2, 2, 16, 16), IncidentState::Failed, theme);
        break;
    case Glyph::Warning:
        paintProblem(painter, QRectF(1, 1, 18, 18), false, theme.warning, theme.base);
        break;
    case Glyph::Advice:
        paintProblem(painter, QRectF(1, 1, 18, 18), true, theme.accent, theme.base);
        break;
    case Glyph::Search:
        painter->drawEllipse(QPointF(8.5, 8.5), 5, 5);
        painter->drawLine(QPointF(12.2, 12.2), QPointF(16.5, 16.5));
        break;
    case Glyph::StarFull:
        solid();
        [[fallthrough]];
    case Glyph::Star:
        painter->drawPolygon(QPolygonF({{10, 2.5},
                                        {12.3, 7.4},
                                        {17.6, 8},
                                        {13.7, 11.7},
                                        {14.7, 17},
                                        {10, 14.4},
                                        {5.3, 17},
                                        {6.3, 11.7},
                                        {2.4, 8},
                                        {7.7, 7.4}}));
        break;
    case Glyph::Plus:
        painter->drawLine(QPointF(10, 4), QPointF(10, 16));
        [[fallthrough]];
    case Glyph::Minus:
        painter->drawLine(QPointF(4, 10), QPointF(16, 10));
        break;
    case Glyph::Up:
        painter->drawLine(QPointF(10, 4), QPointF(10, 16));
        painter->drawPolyline(QPolygonF({{5.5, 8.5}, {10, 4}, {14.5, 8.5}}));
        break;
    case Glyph::Down:
        painter->drawLine(QPointF(10, 4), QPointF(10, 16));
        painter->drawPolyline(QPolygonF({{5.5, 11.5}, {10, 16}, {14.5, 11.5}}));
        break;
    case Glyph::Panel:
        painter->drawRect(QRectF(3, 3.5, 14, 13));
        painter->drawLine(QPointF(3, 11), QPointF(17, 11));
        painter->drawLine(QPointF(6, 13.8), QPointF(12, 13.8));
        break;
    case Glyph::More:
        solid();
        for (const qreal x : {4.5, 10.0, 15.5}) {
            painter->drawEllipse(QPointF(x, 10), 0.9, 0.9);
        }
        break;
    case Glyph::Timeline:
        painter->drawRect(QRectF(2.5, 4, 8, 3.5));
        painter->drawRect(QRectF(6, 9, 8, 3.5));
        painter->drawRect(QRectF(11, 14, 6.5, 3.5));
        break;
    case Glyph::New:
        painter->drawPolygon(QPolygonF({{5, 2.5}, {12, 2.5}, {15.5, 6}, {15.5, 17.5}, {5, 17.5}}));
        painter->drawPolyline(QPolygonF({{12, 2.5}, {12, 6}, {15.5, 6}}));
        break;
    case Glyph::Save:
        painter->drawPolygon(QPolygonF({{3, 3}, {14, 3}, {17, 6}, {17, 17}, {3, 17}}));
        painter->drawPolyline(QPolygonF({{6.5, 3}, {6.5, 7.5}, {12.5, 7.5}, {12.5, 3}}));
        painter->drawPolyline(QPolygonF({{6, 17}, {6, 11}, {14, 11}, {14, 17}}));
        break;
    case Glyph::Undo:
    case Glyph::Redo: {
        if (glyph == Glyph::Redo) {
            painter->translate(20, 0);
            painter->scale(-1, 1);
        }
        QPainterPath arc(QPointF(4, 8));
        arc.lineTo(12, 8);
        arc.arcTo(QRectF(8, 8, 8, 8), 90, -180);
        arc.lineTo(7, 16);
        painter->drawPath(arc);
        painter->drawPolyline(QPolygonF({{7.5, 4.5}, {4, 8}, {7.5, 11.5}}));
        break;
    }
    case Glyph::Snap: {
        QPainterPath magnet(QPointF(5, 3.5));
        magnet.lineTo(5, 10);
        magnet.arcTo(QRectF(5, 5, 10, 10), 180, 180);
        magnet.lineTo(15, 3.5);
        magnet.lineTo(11.7, 3.5);
        magnet.lineTo(11.7, 10);
        magnet.arcTo(QRectF(8.3, 8.3, 3.4, 3.4), 0, -180);
        magnet.lineTo(8.3, 3.5);
        magnet.closeSubpath();
        painter->drawPath(magnet);
        painter->drawLine(QPointF(5, 6.5), QPointF(8.3, 6.5));
        painter->drawLine(QPointF(11.7, 6.5), QPointF(15, 6.5));
        break;
    }
    case Glyph::Book:
        painter->drawRoundedRect(QRectF(4, 3, 12, 14), 1.5, 1.5);
        painter->drawLine(QPointF(4, 13.5), QPointF(16, 13.5));
        break;
    case Glyph::Prompt:
        painter->drawPolygon(
            QPolygonF({{3, 4}, {17, 4}, {17, 13.5}, {9, 13.5}, {6, 16.5}, {6, 13.5}, {3, 13.5}}));
        painter->drawLine(QPointF(6, 7.5), QPointF(14, 7.5));
        painter->drawLine(QPointF(6, 10.3), QPointF(11, 10.3));
        break;
    case Glyph::Flag:
        painter->drawLine(QPointF(5, 3), QPointF(5, 17.5));
        solid();
        painter->drawPolygon(QPolygonF({{5, 3}, {16, 3}, {13, 7}, {16, 11}, {5, 11}}));
        break;
    case Glyph::Pin:
        painter->drawLine(QPointF(10, 11.5), QPointF(10, 17.5));
        solid();
        painter->drawPolygon(
            QPolygonF({{7, 2.5}, {13, 2.5}, {12.5, 7.5}, {15, 11}, {5, 11}, {7.5, 7.5}}));
        break;
    case Glyph::Refresh:
        painter->drawArc(QRectF(4, 4, 12, 12), 60 * 16, 290 * 16);
        painter->drawPolyline(QPolygonF({{12.2, 2}, {13.4, 5.2}, {10.2, 6.4}}));
        break;
    case Glyph::Settings:
        painter->drawEllipse(QPointF(10, 10), 2.6, 2.6);
        painter->drawEllipse(QPointF(10, 10), 5.2, 5.2);
        for (int tooth = 0; tooth < 8; ++tooth) {
            const qreal angle = tooth * 0.7853981633974483;
            const QPointF way(std::cos(angle), std::sin(angle));
            painter->drawLine(QPointF(10, 10) + 5.2 * way, QPointF(10, 10) + 7.8 * way);
        }
        break;
    case Glyph::Compare:
        painter->drawRect(QRectF(3, 3, 9.5, 11));
        painter->drawPolyline(QPolygonF({{15, 6}, {17, 6}, {17, 17}, {7.5, 17}, {7.5, 16.5}}));
        break;
    case Glyph::History:
        painter->drawEllipse(QPointF(10, 10), 7, 7);
        painter->drawPolyline(QPolygonF({{10, 5.5}, {10, 10}, {13, 12}}));
        break;
    }
}

} // namespace

QIcon icon(Glyph glyph)
{
    return QIcon(new GlyphEngine(
        [glyph](QPainter *painter, const QRectF &rect, const Theme &theme, const QColor &ink) {
            const qreal side = std::min(rect.width(), rect.height());
            painter->translate(rect.center().x() - side / 2, rect.center().y() - side / 2);
            painter->scale(side / 20, side / 20);
            paintGlyph(painter, glyph, theme, ink);
        }));
}

QIcon stateIcon(IncidentState state)
{
    return QIcon(new GlyphEngine(
        [state](QPainter *painter, const QRectF &rect, const Theme &theme, const QColor &) {
            const qreal side = std::min(rect.width(), rect.height());
            paintState(painter, QRectF(rect.left(), rect.center().y() - side / 2, side, side),
                       state, theme);
        }));
}

QIcon patternIcon(MetricPattern pattern)
{
    return QIcon(new GlyphEngine([pattern](QPainter *painter, const QRectF &rect, const Theme &,
                                           const QColor &ink) {
        const qreal side = std::min(rect.width(), rect.height());
        painter->translate(rect.center().x() - side / 2, rect.center().y() - side / 2);
        painter->scale(side / 20, side / 20);
        painter->setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        switch (pattern) {
        case MetricPattern::Constant:
            painter->drawLine(QPointF(2, 10), QPointF(18, 10));
            break;
        case MetricPattern::Linear:
            painter->drawLine(QPointF(2, 15.5), QPointF(18, 4.5));
            break;
        case MetricPattern::Spike:
            painter->drawPolyline(
                QPolygonF({{1.5, 15.5}, {6.5, 15.5}, {9, 4}, {12, 13}, {14, 15.5}, {18.5, 15.5}}));
            break;
        case MetricPattern::Step:
            painter->drawPolyline(QPolygonF({{2, 15}, {9, 15}, {9, 5}, {18, 5}}));
            break;
        case MetricPattern::Oscillating: {
            QPainterPath wave(QPointF(2, 10));
            wave.cubicTo(4, 2, 8, 2, 10, 10);
            wave.cubicTo(12, 18, 16, 18, 18, 10);
            painter->drawPath(wave);
            break;
        }
        }
    }));
}

QIcon severityIcon(Severity severity)
{
    return QIcon(new GlyphEngine([severity](QPainter *painter, const QRectF &rect,
                                            const Theme &theme, const QColor &) {
        const qreal side = std::min(rect.width(), rect.height());
        paintSeverity(
            painter, QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side),
            severity, theme);
    }));
}
