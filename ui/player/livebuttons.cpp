// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/livebuttons.h"

#include "ui/player/runactions.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/spoken.h"

#include <QAction>
#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>

namespace {

constexpr int RowHeight = 68;
constexpr int PanelHeight = 48;

QString keyOf(const QAction *action)
{
    return action->shortcut().toString(QKeySequence::NativeText);
}

} // namespace

LiveButton::LiveButton(QWidget *parent)
    : QPushButton(parent)
{
    // A click leaves the keys where they are; who goes here by Tab means it.
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void LiveButton::follow(QAction *action, const QString &hint)
{
    const auto take = [this, action, hint] {
        setIcon(action->icon());
        setToolTip(action->toolTip());
        setEnabled(action->isEnabled());
        const QString key = keyOf(action);
        setTexts(action->iconText(), key.isEmpty() ? QString() : hint.arg(key));
    };
    connect(action, &QAction::changed, this, take);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
    take();
}

void LiveButton::setTexts(const QString &title, const QString &hint)
{
    if (title == text() && hint == m_hint)
        return;
    setText(title);
    m_hint = hint;
    setSpokenName(this, title);
    setSpokenDescription(this, hint);
    update();
}

void LiveButton::setLook(Look look)
{
    if (look == m_look)
        return;
    m_look = look;
    update();
}

void LiveButton::setLarge()
{
    m_isLarge = true;
    updateGeometry();
}

QFont LiveButton::titleFont() const
{
    QFont result = font();
    result.setPointSizeF(font().pointSizeF() * (m_isLarge ? 2 : 1.25));
    result.setWeight(QFont::Bold);
    return result;
}

QFont LiveButton::hintFont() const
{
    QFont result = font();
    result.setPointSizeF(font().pointSizeF() * 0.9);
    return result;
}

QSize LiveButton::sizeHint() const
{
    const QFontMetricsF metrics(font());
    const qreal words = std::max(QFontMetricsF(titleFont()).horizontalAdvance(text()),
                                 QFontMetricsF(hintFont()).horizontalAdvance(m_hint));
    return {int(words) + scaledInt(metrics, icon().isNull() ? 32 : 76),
            scaledInt(metrics, RowHeight)};
}

QSize LiveButton::minimumSizeHint() const
{
    const QFontMetricsF metrics(font());
    return {int(QFontMetricsF(titleFont()).horizontalAdvance(text())) +
                scaledInt(metrics, icon().isNull() ? 16 : 52),
            scaledInt(metrics, PanelHeight)};
}

void LiveButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    event->ignore();
}

void LiveButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    const bool isRed = m_look == Look::Outline || m_look == Look::Filled;
    const QColor colour = isRed ? theme.error : theme.ink(IncidentState::Created);
    // White on it, in both themes.
    const QColor full = isRed ? QColor(0xBF1722) : QColor(0x1B7A33);
    const bool isSolid = m_look == Look::Open || m_look == Look::Filled;
    const bool isOn = isEnabled() && m_look != Look::Grey;
    const qreal line = hasFocus() || m_look != Look::Plain ? 2 : 1;
    const QRectF box = QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2);
    const qreal radius = scaled(metrics, 3);

    QColor back = palette().color(QPalette::Button);
    QColor ink =
        palette().color(isOn ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText);
    QColor edge = isEnabled() ? theme.border : theme.separator;
    QColor titleInk = ink;
    if (isSolid && isEnabled()) {
        back = full;
        ink = titleInk = Qt::white;
        edge = mixed(full, Qt::white, theme.dark ? 0.3 : 0);
    } else if (m_look == Look::Grey) {
        back = theme.separator;
        edge = theme.border;
    } else if (m_look != Look::Plain && isEnabled()) {
        back = mixed(theme.window, colour, theme.dark ? 0.14 : 0.08);
        titleInk = colour;
        ink = theme.text;
        edge = colour;
    }
    if (isEnabled() && isDown())
        back = mixed(back, theme.text, 0.14);
    else if (isEnabled() && underMouse())
        back = mixed(back, theme.text, 0.06);

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(back);
    painter.setPen(QPen(edge, line, m_look == Look::Closed ? Qt::DashLine : Qt::SolidLine));
    painter.drawRoundedRect(box, radius, radius);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(isSolid ? QColor(Qt::white) : theme.accent, 2));
        const qreal inset = scaled(metrics, 4);
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius);
    }

    const QFontMetricsF title(titleFont());
    const QFontMetricsF hint(hintFont());
    const qreal margin = scaled(metrics, 8);
    const int side = icon().isNull() ? 0 : scaledInt(metrics, 22);
    const qreal gap = side > 0 ? scaled(metrics, 12) : 0;
    const qreal room = width() - 2 * margin - side - gap;
    const QString titleText = title.elidedText(text(), Qt::ElideRight, room);
    const QString hintText = hint.elidedText(m_hint, Qt::ElideRight, room);
    const qreal words =
        std::max(title.horizontalAdvance(titleText), hint.horizontalAdvance(hintText));
    const qreal left = margin + std::max(0.0, (room - words) / 2);
    if (side > 0) {
        const QIcon::Mode mode = !isOn ? QIcon::Disabled : QIcon::Normal;
        QPixmap mark = icon().pixmap(QSize(side, side), devicePixelRatioF(), mode);
        if (isRed && isOn) {
            QPainter tint(&mark);
            tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
            tint.fillRect(mark.rect(), titleInk);
        }
        painter.drawPixmap(QPointF(left, std::round((height() - side) / 2.0)), mark);
    }
    const qreal x = left + side + gap;
    const bool centres = side == 0;
    const qreal both = title.height() + (hintText.isEmpty() ? 0 : hint.height());
    const qreal top = (height() - both) / 2;
    const auto draw = [&](const QString &text, const QFont &font, const QFontMetricsF &size,
                          qreal y, const QColor &drawn) {
        painter.setFont(font);
        painter.setPen(drawn);
        const qreal shift = centres ? (words - size.horizontalAdvance(text)) / 2 : 0;
        painter.drawText(QPointF(x + shift, y + size.ascent()), text);
    };
    draw(titleText, titleFont(), title, top, titleInk);
    const QColor quiet = isSolid && isEnabled()  ? QColor(Qt::white)
                         : !isOn                 ? ink
                         : m_look == Look::Plain ? theme.secondary
                                                 : theme.text;
    draw(hintText, hintFont(), hint, top + title.height(), quiet);
}

LiveButtons::LiveButtons(RunSession &session, RunActions &actions, Qt::Orientation orientation,
                         QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_actions(actions)
    , m_go(new LiveButton(this))
    , m_stop(new LiveButton(this))
{
    const QFontMetricsF metrics(font());
    m_go->setObjectName(QStringLiteral("goButton"));
    m_go->setLarge();
    auto *pause = new LiveButton(this);
    pause->setObjectName(QStringLiteral("pauseButton"));
    m_stop->setObjectName(QStringLiteral("stopButton"));
    auto *skip = new LiveButton(this);
    skip->setObjectName(QStringLiteral("skipButton"));
    auto *fire = new LiveButton(this);
    fire->setObjectName(QStringLiteral("fireButton"));
    pause->follow(actions.pause);
    skip->follow(actions.skip);
    fire->follow(actions.fire);
    m_stop->follow(actions.stop, tr("%1, twice"));
    connect(m_go, &QPushButton::clicked, &session, &RunSession::pressGo);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(scaledInt(metrics, orientation == Qt::Horizontal ? 10 : 8));
    if (orientation == Qt::Horizontal) {
        int column = 0;
        for (LiveButton *button : {m_go, pause, skip, fire})
            grid->addWidget(button, 0, column++);
        grid->setColumnMinimumWidth(column, scaledInt(metrics, 28));
        grid->setColumnStretch(column++, 1);
        grid->addWidget(m_stop, 0, column);
        grid->setColumnStretch(0, 5);
        for (const int plain : {1, 2, 3})
            grid->setColumnStretch(plain, 2);
        grid->setColumnStretch(column, 4);
        for (LiveButton *button : {m_go, pause, skip, fire, m_stop})
            button->setFixedHeight(scaledInt(metrics, RowHeight));
    } else {
        grid->addWidget(m_go, 0, 0, 1, 2);
        grid->addWidget(pause, 1, 0, 1, 2);
        grid->addWidget(skip, 2, 0);
        grid->addWidget(fire, 2, 1);
        grid->addWidget(m_stop, 3, 0, 1, 2);
        m_go->setFixedHeight(scaledInt(metrics, RowHeight));
        for (LiveButton *button : {pause, skip, fire, m_stop})
            button->setFixedHeight(scaledInt(metrics, PanelHeight));
    }
    connect(&session, &RunSession::changed, this, &LiveButtons::update);
    connect(&session, &RunSession::ticked, this, &LiveButtons::updateGo);
    update();
}

void LiveButtons::update()
{
    m_stop->setLook(m_session.isStopArmed() ? LiveButton::Look::Filled : LiveButton::Look::Outline);
    updateGo();
}

void LiveButtons::updateGo()
{
    using Look = LiveButton::Look;
    const RunState state = m_session.state();
    const QString key = keyOf(m_actions.play);
    const auto at = [](double ms) {
        return timeText(std::chrono::seconds(qint64(std::ceil(std::max(0.0, ms) / 1000))));
    };
    switch (m_session.goState()) {
    case RunSession::Go::Guarded:
        m_go->setLook(Look::Grey);
        m_go->setTexts(tr("GO"), tr("Done."));
        return;
    case RunSession::Go::Open:
        m_go->setLook(Look::Open);
        m_go->setTexts(tr("GO"), tr("%1. The run's clock stands still.").arg(key));
        return;
    case RunSession::Go::Closed:
        break;
    }
    m_go->setLook(Look::Closed);
    const bool canStart =
        !m_session.isActive() && state == RunState::Idle && m_session.nextIndex() >= 0;
    m_go->setEnabled(canStart || m_session.isOpen());
    if (canStart) {
        m_go->setTexts(tr("Start"), m_session.mood() == Mood::Show
                                        ? tr("%1. First everything is checked.").arg(key)
                                        : tr("%1. On the sandbox.").arg(key));
        return;
    }
    if (state == RunState::Preparing) {
        m_go->setTexts(tr("Start now"), tr("%1. With what is made.").arg(key));
        return;
    }
    if (!m_session.isOpen()) {
        m_go->setTexts(tr("GO"), m_session.isActive()      ? tr("Ending")
                                 : state == RunState::Idle ? tr("Nothing to send")
                                                           : tr("The run is over."));
        return;
    }
    if (state == RunState::Paused) {
        m_go->setTexts(tr("GO"), tr("Paused. GO opens holds."));
        return;
    }
    const std::optional<double> left = m_session.msToHold();
    m_go->setTexts(tr("GO"), left ? tr("%1. Opens at the hold, in %2").arg(key, at(*left))
                                  : tr("No hold ahead"));
}
