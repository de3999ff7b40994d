// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/messagebar.h"

#include "ui/icons.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/voice/announcer.h"
#include "ui/widgets/spoken.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_mark(new QLabel(this))
    , m_label(new QLabel(this))
    , m_row(new QHBoxLayout(this))
    , m_close(new QToolButton(this))
{
    const QFontMetricsF metrics(font());
    m_row->setContentsMargins(scaledInt(metrics, 14), scaledInt(metrics, 5), scaledInt(metrics, 6),
                              scaledInt(metrics, 5));
    m_row->setSpacing(scaledInt(metrics, 8));
    m_row->addWidget(m_mark, 0, Qt::AlignVCenter);
    m_row->addWidget(m_label, 1);
    m_row->addWidget(m_close);

    m_label->setWordWrap(true);
    m_label->setMinimumHeight(int(metrics.height())); // else it is that of a narrower window
    m_label->setTextFormat(Qt::RichText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setIcon(icon(Glyph::Close));
    m_close->setAutoRaise(true);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
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
    announce();
    setSpokenName(this, text());
    show();
    update();
}

void MessageBar::announce()
{
    // A message that counts down is the same one.
    static const QRegularExpression figures(QStringLiteral("\\d+"));
    const auto withoutFigures = [](QString words) { return words.remove(figures); };
    if (m_isSilent || (isVisible() && withoutFigures(accessibleName()) == withoutFigures(text())))
        return;
    const bool isBad = m_kind == Kind::Warning || m_kind == Kind::Error;
    Announcer::say(this, text(),
                   isBad ? Announcer::Importance::Important : Announcer::Importance::Detail);
}

void MessageBar::setActions(const QStringList &texts)
{
    while (m_actions.size() < texts.size()) {
        auto *button = new QPushButton(this);
        // A click does not take the keys of a run away from where they are.
        button->setFocusPolicy(Qt::TabFocus);
        const int action = int(m_actions.size());
        connect(button, &QPushButton::clicked, this, [this, action] {
            if (action == 0)
                Q_EMIT actionTriggered();
            Q_EMIT actionChosen(action);
        });
        m_row->insertWidget(m_row->count() - 1, button);
        m_actions.append(button);
    }
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        const QString text = texts.value(i);
        if (m_actions[i]->text() != text)
            m_actions[i]->setText(text);
        m_actions[i]->setVisible(!text.isEmpty());
    }
}

void MessageBar::setClosable(bool closable)
{
    m_close->setVisible(closable);
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
