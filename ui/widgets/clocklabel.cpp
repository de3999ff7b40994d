// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/clocklabel.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPainter>
#include <cmath>

namespace {

constexpr int QuietInterval = 1000;

class ClockAccessible : public QAccessibleWidget
{
public:
    explicit ClockAccessible(ClockLabel *clock)
        : QAccessibleWidget(clock, QAccessible::StaticText)
    {}

    QString text(QAccessible::Text kind) const override
    {
        const auto *clock = static_cast<const ClockLabel *>(widget());
        return kind == QAccessible::Name    ? clock->spoken()
               : kind == QAccessible::Value ? clock->text()
                                            : QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface *makeClockInterface(const QString &className, QObject *object)
{
    return className == QLatin1String("ClockLabel")
               ? new ClockAccessible(static_cast<ClockLabel *>(object))
               : nullptr;
}

} // namespace

ClockLabel::ClockLabel(qreal factor, const QString &pattern, QWidget *parent)
    : QWidget(parent)
    , m_factor(factor)
    , m_pattern(pattern)
{
    QAccessible::installFactory(&makeClockInterface); // Qt ignores a second time
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(QuietInterval);
    connect(&m_quiet, &QTimer::timeout, this, &ClockLabel::tellReader);
}

void ClockLabel::setSpoken(const QString &pattern)
{
    m_spokenPattern = pattern;
}

QString ClockLabel::spoken() const
{
    return m_text.isEmpty() ? QString() : m_spokenPattern.arg(m_text);
}

void ClockLabel::tellReader()
{
    if (m_quiet.isActive() || m_told == m_text || !isVisible() || !QAccessible::isActive()) {
        return;
    }
    m_told = m_text;
    m_quiet.start();
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

QFont ClockLabel::clockFont() const
{
    QFont result = font();
    result.setPointSizeF(font().pointSizeF() * m_factor);
    result.setWeight(m_weight);
    return result;
}

void ClockLabel::setText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    const bool isWider = text.size() > m_pattern.size() || m_text.size() > m_pattern.size();
    m_text = text;
    if (isWider) {
        updateGeometry();
    }
    update();
    tellReader();
}

void ClockLabel::setDimmed(bool dimmed)
{
    if (dimmed == m_dimmed) {
        return;
    }
    m_dimmed = dimmed;
    update();
}

void ClockLabel::setWarning(bool warning)
{
    if (warning == m_warning) {
        return;
    }
    m_warning = warning;
    update();
}

void ClockLabel::setTight(bool tight)
{
    m_tight = tight;
    updateGeometry();
}

void ClockLabel::setFactor(qreal factor)
{
    if (factor == m_factor) {
        return;
    }
    m_factor = factor;
    updateGeometry();
    update();
}

void ClockLabel::setWeight(QFont::Weight weight)
{
    m_weight = weight;
    updateGeometry();
}

QSize ClockLabel::sizeHint() const
{
    const QFontMetricsF metrics(clockFont());
    const qreal height = m_tight ? metrics.capHeight() + 2 : metrics.height();
    const QString &widest = m_text.size() > m_pattern.size() ? m_text : m_pattern;
    return {int(std::ceil(tabularWidth(metrics, widest))) + 2, int(std::ceil(height))};
}

void ClockLabel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.setFont(clockFont());
    painter.setPen(m_warning ? theme.warning : m_dimmed ? theme.secondary : theme.text);
    QRectF room = rect();
    if (m_tight) {
        const QFontMetricsF metrics(painter.font());
        const qreal box = metrics.ascent() + metrics.descent();
        room = QRectF(0, height() - 1 - metrics.ascent(), width(), box);
    }
    paintTabular(&painter, room, Qt::AlignLeft, m_text);
}
