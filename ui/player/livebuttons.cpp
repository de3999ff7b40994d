// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/livebuttons.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/player/runactions.h"
#include "ui/widgets/spoken.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>
#include <cmath>

namespace {

constexpr int RowHeight = 68;
constexpr int LowRowHeight = 60;
constexpr int PanelHeight = 48;
constexpr int RowGap = 10;
constexpr int PanelGap = 8;
/** More room before Stop than between the others. */
constexpr int StopGap = 20;
/** Of a hundred parts of the width, without the gaps: GO, Pause, Skip, Fire now, Stop. */
constexpr std::array<qreal, 5> RowParts{30, 17, 16, 19, 18};

QString keyOf(const QAction *action)
{
    return keyText(action->shortcut());
}

} // namespace

LiveButton::LiveButton(QWidget *parent)
    : QPushButton(parent)
{
    // A click leaves the keys where they are; who goes here by Tab means it.
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void LiveButton::follow(QAction *action)
{
    const auto take = [this, action] {
        setIcon(action->icon());
        setToolTip(action->toolTip());
        setEnabled(action->isEnabled());
    };
    connect(action, &QAction::changed, this, take);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
    take();
}

void LiveButton::setTexts(const QString &title, const QString &hint, const QString &spoken)
{
    setSpokenName(this, title);
    setSpokenDescription(this, spoken.isEmpty() ? hint : spoken);
    if (title == text() && hint == m_hint) {
        return;
    }
    setText(title);
    m_hint = hint;
    update();
}

void LiveButton::setLook(Look look)
{
    if (look == m_look) {
        return;
    }
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
    return {scaledInt(metrics, 90), scaledInt(metrics, PanelHeight)};
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
    const bool isAmber = m_look == Look::Attention;
    const QColor colour = isRed     ? theme.error
                          : isAmber ? theme.warning
                                    : theme.ink(IncidentState::Created);
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
    if (isEnabled() && isDown()) {
        back = mixed(back, theme.text, 0.14);
    } else if (isEnabled() && underMouse()) {
        back = mixed(back, theme.text, 0.06);
    }

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
    // In a narrow button the words are worth more than the picture.
    const qreal withIcon = scaled(metrics, 22 + 12) + 2 * margin;
    const bool hasIcon = !icon().isNull() && title.horizontalAdvance(text()) + withIcon <= width();
    const int side = hasIcon ? scaledInt(metrics, 22) : 0;
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
        if ((isRed || isAmber) && isOn) {
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
    , m_orientation(orientation)
    , m_go(new LiveButton(this))
    , m_pause(new LiveButton(this))
    , m_skip(new LiveButton(this))
    , m_fire(new LiveButton(this))
    , m_stop(new LiveButton(this))
{
    m_go->setObjectName(QStringLiteral("goButton"));
    m_go->setLarge();
    m_pause->setObjectName(QStringLiteral("pauseButton"));
    m_skip->setObjectName(QStringLiteral("skipButton"));
    m_fire->setObjectName(QStringLiteral("fireButton"));
    m_stop->setObjectName(QStringLiteral("stopButton"));
    m_pause->follow(actions.pause);
    m_skip->follow(actions.skip);
    m_fire->follow(actions.fire);
    m_stop->follow(actions.stop);
    connect(m_go, &QPushButton::clicked, &session.controls(), &RunControls::pressGo);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(&session, &RunSession::changed, this, &LiveButtons::update);
    connect(&session, &RunSession::ticked, this, &LiveButtons::updateGo);
    update();
}

void LiveButtons::setTall(bool tall)
{
    if (tall == m_isTall) {
        return;
    }
    m_isTall = tall;
    updateGeometry();
}

QSize LiveButtons::sizeHint() const
{
    const QFontMetricsF metrics(font());
    if (m_orientation == Qt::Horizontal) {
        return {scaledInt(metrics, 480), scaledInt(metrics, m_isTall ? RowHeight : LowRowHeight)};
    }
    return {scaledInt(metrics, 200),
            scaledInt(metrics, RowHeight) +
                3 * (scaledInt(metrics, PanelHeight) + scaledInt(metrics, PanelGap))};
}

void LiveButtons::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_orientation == Qt::Horizontal) {
        placeInRow();
    } else {
        placeInPanel();
    }
}

void LiveButtons::placeInRow()
{
    const QFontMetricsF metrics(font());
    const int gap = scaledInt(metrics, RowGap);
    const int before = scaledInt(metrics, StopGap);
    const qreal room = std::max(0, width() - 3 * gap - before);
    const std::array buttons{m_go, m_pause, m_skip, m_fire, m_stop};
    qreal left = 0;
    for (size_t i = 0; i < buttons.size(); ++i) {
        const qreal right = left + room * RowParts[i] / 100;
        const int from = int(std::lround(left));
        buttons[i]->setGeometry(from, 0, int(std::lround(right)) - from, height());
        left = right + (buttons[i] == m_fire ? before : gap);
    }
}

void LiveButtons::placeInPanel()
{
    const QFontMetricsF metrics(font());
    const int gap = scaledInt(metrics, PanelGap);
    const int low = scaledInt(metrics, PanelHeight);
    const int half = (width() - gap) / 2;
    int y = 0;
    m_go->setGeometry(0, y, width(), scaledInt(metrics, RowHeight));
    y += m_go->height() + gap;
    m_pause->setGeometry(0, y, width(), low);
    y += low + gap;
    m_skip->setGeometry(0, y, half, low);
    m_fire->setGeometry(width() - half, y, half, low);
    y += low + gap;
    m_stop->setGeometry(0, y, width(), low);
}

void LiveButtons::update()
{
    updateGo();
    updatePause();
    updateSkip();
    updateFire();
    updateStop();
}

QString LiveButtons::whyClosed() const
{
    if (!m_session.isOpen()) {
        return m_session.state() == RunState::Idle ? tr("not started")
               : m_session.canContinue()           ? tr("stopped")
                                                   : tr("run ended");
    }
    return m_session.nextIndex() < 0 ? tr("nothing left") : QString();
}

void LiveButtons::updatePause()
{
    const bool isPaused = m_session.isOpen() && m_session.state() == RunState::Paused;
    m_pause->setLook(isPaused ? LiveButton::Look::Attention : LiveButton::Look::Plain);
    const QString closed = !m_session.isOpen() ? whyClosed() : tr("while it prepares");
    m_pause->setTexts(isPaused ? tr("Continue") : tr("Pause"),
                      m_actions.pause->isEnabled() ? keyOf(m_actions.pause) : closed);
}

void LiveButtons::updateSkip()
{
    const int skipped = m_session.controls().guardedIncident(LiveAction::Skip);
    m_skip->setLook(skipped >= 0 ? LiveButton::Look::Grey : LiveButton::Look::Plain);
    const QString closed = whyClosed();
    m_skip->setTexts(tr("Skip"), skipped >= 0       ? tr("Skipped #%1").arg(skipped + 1)
                                 : closed.isEmpty() ? keyOf(m_actions.skip)
                                                    : closed);
}

void LiveButtons::updateFire()
{
    const int fired = m_session.controls().guardedIncident(LiveAction::Fire);
    m_fire->setLook(fired >= 0 ? LiveButton::Look::Grey : LiveButton::Look::Plain);
    QString closed = whyClosed();
    if (closed.isEmpty() && !m_actions.fire->isEnabled()) {
        closed = m_session.state() == RunState::Holding ? tr("closed at a hold")
                                                        : tr("while it prepares");
    }
    m_fire->setTexts(tr("Fire now"), fired >= 0         ? tr("Fired #%1").arg(fired + 1)
                                     : closed.isEmpty() ? keyOf(m_actions.fire)
                                                        : closed);
}

void LiveButtons::updateStop()
{
    const bool isArmed = m_session.controls().isStopArmed();
    m_stop->setLook(isArmed ? LiveButton::Look::Filled : LiveButton::Look::Outline);
    const QString key = keyOf(m_actions.stop);
    m_stop->setTexts(tr("Stop"), isArmed ? tr("%1 again to stop", "a key").arg(key)
                                         : tr("%1 twice", "a key").arg(key));
}

void LiveButtons::updateGo()
{
    using Look = LiveButton::Look;
    const RunState state = m_session.state();
    const QString key = keyOf(m_actions.play);
    const bool canStart =
        !m_session.isActive() && state == RunState::Idle && m_session.nextIndex() >= 0;
    m_go->setEnabled(canStart || m_session.isOpen());
    switch (m_session.controls().goState()) {
    case RunControls::Go::Guarded:
        m_go->setLook(Look::Grey);
        m_go->setTexts(tr("GO"), tr("Done"));
        return;
    case RunControls::Go::Open:
        m_go->setLook(Look::Open);
        m_go->setTexts(tr("GO"), tr("%1 or Page Down", "a key").arg(key));
        return;
    case RunControls::Go::Closed:
        break;
    }
    m_go->setLook(Look::Closed);
    if (canStart) {
        m_go->setTexts(tr("Start"), m_session.mode() == Mode::Show
                                        ? tr("%1. First everything is checked.", "a key").arg(key)
                                        : tr("%1. On the sandbox.", "a key").arg(key));
        return;
    }
    if (state == RunState::Preparing) {
        m_go->setTexts(tr("Start now"), tr("%1. With what is generated so far.", "a key").arg(key));
        return;
    }
    if (!m_session.isOpen()) {
        m_go->setTexts(tr("GO"), m_session.isActive()      ? tr("Ending")
                                 : state == RunState::Idle ? tr("Nothing to send")
                                 : m_session.canContinue() ? tr("Stopped. Continue it below.")
                                                           : tr("The run is over."));
        return;
    }
    if (state == RunState::Paused) {
        m_go->setTexts(tr("GO"), tr("Paused. GO opens holds only."));
        return;
    }
    const std::optional<Duration> left = m_session.outlook().toHold();
    if (!left) {
        m_go->setTexts(tr("GO"), tr("No hold ahead"));
        return;
    }
    m_go->setTexts(tr("GO"),
                   tr("%1. Opens at the hold, in %2", "a key, a duration")
                       .arg(key, timeText(secondsLeft(*left))),
                   tr("%1. Opens at the hold", "a key").arg(key));
}
