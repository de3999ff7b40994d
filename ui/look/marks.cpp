// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/marks.h"

#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace {

QPainterPath severityShape(const QRectF &r, Severity severity)
{
    QPainterPath path;
    const qreal w = r.width();
    switch (severity) {
    case Severity::Low:
        path.addEllipse(r.adjusted(w * 0.06, w * 0.06, -w * 0.06, -w * 0.06));
        break;
    case Severity::Medium:
        path.addRoundedRect(r.adjusted(w * 0.08, w * 0.08, -w * 0.08, -w * 0.08), w * 0.18,
                            w * 0.18);
        break;
    case Severity::High: {
        path.moveTo(r.center().x(), r.top() + w * 0.04);
        path.lineTo(r.right(), r.bottom() - w * 0.08);
        path.lineTo(r.left(), r.bottom() - w * 0.08);
        path.closeSubpath();
        break;
    }
    case Severity::Critical: {
        const qreal top = r.top() + w * 0.07;
        const qreal bottom = r.bottom() - w * 0.07;
        path.moveTo(r.left(), r.center().y());
        path.lineTo(r.left() + w * 0.25, top);
        path.lineTo(r.right() - w * 0.25, top);
        path.lineTo(r.right(), r.center().y());
        path.lineTo(r.right() - w * 0.25, bottom);
        path.lineTo(r.left() + w * 0.25, bottom);
        path.closeSubpath();
        break;
    }
    }
    return path;
}

template<typename Paint>
QPixmap painted(qreal size, qreal dpr, Paint &&paint)
{
    const int pixels = std::max(1, int(std::ceil(size * dpr)));
    QPixmap pixmap(pixels, pixels);
    pixmap.setDevicePixelRatio(dpr);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRectF(0, 0, size, size));
    return pixmap;
}

quint64 cacheKey(int kind, int value, qreal size, qreal dpr, const Theme &theme)
{
    return quint64(kind) | quint64(value) << 4 | quint64(theme.dark) << 9 |
           quint64(std::lround(size * 8)) << 16 | quint64(std::lround(dpr * 100)) << 40;
}

} // namespace

void paintSeverity(QPainter *painter, const QRectF &rect, Severity severity, const Theme &theme)
{
    const auto &ink = theme.ink(severity);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    // The outline, in the fill's own colour, rounds the corners of triangle and hexagon.
    const qreal round = rect.width() * 0.09;
    painter->setPen(QPen(ink.fill, round, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(ink.fill);
    const qreal half = round / 2;
    painter->drawPath(severityShape(rect.adjusted(half, half, -half, -half), severity));

    QFont font = painter->font();
    font.setPixelSize(std::max(6, int(std::lround(rect.height() * 0.46))));
    font.setBold(true);
    painter->setFont(font);
    painter->setPen(ink.letter);
    QRectF place = rect;
    if (severity == Severity::High) {
        place.translate(0, rect.height() * 0.13);
    }
    painter->drawText(place, Qt::AlignCenter, severityLetter(severity));
    painter->restore();
}

void paintState(QPainter *painter, const QRectF &rect, IncidentState state, const Theme &theme)
{
    const QColor &ink = theme.ink(state);
    const qreal w = rect.width();
    const qreal line = std::max(1.2, w * 0.1);
    const QPointF c = rect.center();
    const QRectF ring = rect.adjusted(w * 0.11, w * 0.11, -w * 0.11, -w * 0.11);
    const QRectF disc = rect.adjusted(w * 0.05, w * 0.05, -w * 0.05, -w * 0.05);
    const auto at = [&](qreal x, qreal y) { return c + QPointF(x * w, y * w); };

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPen ringPen(ink, line, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    const QPen signPen(theme.base, line * 1.15, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter->setPen(ringPen);
    painter->setBrush(Qt::NoBrush);
    const auto fillDisc = [&] {
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawEllipse(disc);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(signPen);
    };
    const auto dot = [&](qreal radius) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawEllipse(c, radius * w, radius * w);
    };

    switch (state) {
    case IncidentState::Scheduled:
        painter->drawEllipse(ring);
        break;
    case IncidentState::Preparing: {
        QPen dashed = ringPen;
        dashed.setCapStyle(Qt::FlatCap);
        dashed.setDashPattern({1.9, 1.3});
        painter->setPen(dashed);
        painter->drawEllipse(ring);
        dot(0.13);
        break;
    }
    case IncidentState::Ready:
        painter->drawEllipse(ring);
        dot(0.2);
        break;
    case IncidentState::Waiting:
        fillDisc();
        painter->drawPolyline(QPolygonF({at(0, -0.24), at(0, 0.02), at(0.17, 0.13)}));
        break;
    case IncidentState::Sending:
        fillDisc();
        painter->drawLine(at(0, 0.22), at(0, -0.22));
        painter->drawPolyline(QPolygonF({at(-0.17, -0.05), at(0, -0.22), at(0.17, -0.05)}));
        break;
    case IncidentState::Created:
        fillDisc();
        painter->drawPolyline(QPolygonF({at(-0.2, 0.01), at(-0.05, 0.16), at(0.21, -0.15)}));
        break;
    case IncidentState::Failed:
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawRoundedRect(disc, w * 0.12, w * 0.12);
        painter->setPen(signPen);
        painter->drawLine(at(-0.17, -0.17), at(0.17, 0.17));
        painter->drawLine(at(-0.17, 0.17), at(0.17, -0.17));
        break;
    case IncidentState::Skipped:
        painter->drawEllipse(ring);
        painter->drawLine(at(-0.2, 0.2), at(0.2, -0.2));
        break;
    case IncidentState::Uncertain: {
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawPolygon(QPolygonF({at(0, -0.5), at(0.5, 0), at(0, 0.5), at(-0.5, 0)}));
        QFont font = painter->font();
        font.setPixelSize(std::max(6, int(std::lround(w * 0.62))));
        font.setBold(true);
        painter->setFont(font);
        painter->setPen(theme.base);
        painter->drawText(rect, Qt::AlignCenter, QStringLiteral("?"));
        break;
    }
    }
    painter->restore();
}

void paintProblem(QPainter *painter, const QRectF &rect, bool advice, const QColor &ink,
                  const QColor &sign)
{
    const qreal w = rect.width();
    const QPointF c = rect.center();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(ink, w * 0.08, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(ink);
    const qreal line = std::max(1.4, w * 0.11);
    if (advice) {
        painter->drawEllipse(rect.adjusted(w * 0.08, w * 0.08, -w * 0.08, -w * 0.08));
        painter->setPen(QPen(sign, line, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(c + QPointF(0, -0.03 * w), c + QPointF(0, 0.2 * w));
        painter->drawPoint(c + QPointF(0, -0.22 * w));
    } else {
        painter->drawPolygon(QPolygonF({{c.x(), rect.top() + w * 0.09},
                                        {rect.right() - w * 0.06, rect.bottom() - w * 0.12},
                                        {rect.left() + w * 0.06, rect.bottom() - w * 0.12}}));
        painter->setPen(QPen(sign, line, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(c + QPointF(0, -0.13 * w), c + QPointF(0, 0.1 * w));
        painter->drawPoint(c + QPointF(0, 0.26 * w));
    }
    painter->restore();
}

void paintHold(QPainter *painter, const QRectF &rect, const Theme &theme)
{
    const QPointF c = rect.center();
    const qreal half = rect.width() / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.text);
    painter->drawPolygon(QPolygonF({{c.x(), c.y() - half},
                                    {c.x() + half, c.y()},
                                    {c.x(), c.y() + half},
                                    {c.x() - half, c.y()}}));
    painter->setBrush(theme.base);
    const qreal bar = half * 0.2;
    const qreal reach = half * 0.38;
    painter->drawRect(QRectF(c.x() - bar * 1.7, c.y() - reach, bar, reach * 2));
    painter->drawRect(QRectF(c.x() + bar * 0.7, c.y() - reach, bar, reach * 2));
    painter->restore();
}

const QPixmap &MarkCache::severity(Severity severity, qreal size, qreal dpr, const Theme &theme)
{
    QPixmap &pixmap = m_pixmaps[cacheKey(0, int(severity), size, dpr, theme)];
    if (pixmap.isNull()) {
        pixmap = painted(size, dpr, [&](QPainter *painter, const QRectF &rect) {
            paintSeverity(painter, rect, severity, theme);
        });
    }
    return pixmap;
}

const QPixmap &MarkCache::state(IncidentState state, qreal size, qreal dpr, const Theme &theme)
{
    QPixmap &pixmap = m_pixmaps[cacheKey(1, int(state), size, dpr, theme)];
    if (pixmap.isNull()) {
        pixmap = painted(size, dpr, [&](QPainter *painter, const QRectF &rect) {
            paintState(painter, rect, state, theme);
        });
    }
    return pixmap;
}
