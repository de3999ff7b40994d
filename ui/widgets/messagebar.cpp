// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/messagebar.h"

#include "ui/icons.h"
#include "ui/text.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_mark(new QLabel(this))
    , m_label(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    const QFontMetricsF metrics(font());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(scaledInt(metrics, 14), scaledInt(metrics, 5), scaledInt(metrics, 6),
                            scaledInt(metrics, 5));
    row->setSpacing(scaledInt(metrics, 8));
    row->addWidget(m_mark, 0, Qt::AlignVCenter);
    row->addWidget(m_label, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);

    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::RichText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->hide();
    m_close->setIcon(icon(Glyph::Close));
    m_close->setAutoRaise(true);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    connect(m_action, &QPushButton::clicked, this, &MessageBar::actionTriggered);
    hide();
}

QColor MessageBar::ink() const
{
    const Theme &theme = Theme::of(palette());
    switch (m_kind) {
    case Kind::Success:
        return theme.ink(IncidentState::Created);
    case Kind::Info:
        return theme.accent;
    case Kind::Warning:
        return theme.warning;
    case Kind::Error:
        return theme.error;
    }
    return theme.accent;
}

QString MessageBar::text() const
{
    return m_sentence.isEmpty() ? m_headline : m_headline + u' ' + m_sentence;
}

void MessageBar::showMessage(Kind kind, const QString &headline, const QString &sentence)
{
    m_kind = kind;
    m_headline = headline;
    m_sentence = sentence;
    const int size = scaledInt(QFontMetricsF(font()), 18);
    const QIcon mark = kind == Kind::Success   ? stateIcon(IncidentState::Created)
                       : kind == Kind::Info    ? icon(Glyph::Advice)
                       : kind == Kind::Warning ? icon(Glyph::Warning)
                                               : icon(Glyph::Error);
    m_mark->setPixmap(mark.pixmap(QSize(size, size), devicePixelRatioF()));
    m_label->setText(
        QStringLiteral("<b>%1</b> %2").arg(headline.toHtmlEscaped(), sentence.toHtmlEscaped()));
    setAccessibleName(text());
    show();
    update();
}

void MessageBar::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && isVisible())
        showMessage(m_kind, m_headline, m_sentence);
}

void MessageBar::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const QFontMetricsF metrics(font());
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), mixed(theme.window, ink(), theme.dark ? 0.16 : 0.1));
    painter.setPen(mixed(theme.window, ink(), 0.7));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    painter.fillRect(QRectF(0, 0, scaled(metrics, 4), height()), ink());
}
