// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/messagebar.h"

#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/voice/announcer.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/spoken.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>

namespace {

constexpr int SlimHeight = 34;

/** Return presses it: Space belongs to the run, wherever the focus is. */
class MessageButton : public QPushButton
{
public:
    using QPushButton::QPushButton;

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            click();
        } else {
            QPushButton::keyPressEvent(event);
        }
    }
};

} // namespace

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
    if (m_isSettled) {
        return theme.secondary;
    }
    if (m_state) {
        return theme.ink(*m_state);
    }
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

QIcon MessageBar::mark() const
{
    if (m_state) {
        return stateIcon(*m_state);
    }
    return m_kind == Kind::Success   ? stateIcon(IncidentState::Created)
           : m_kind == Kind::Info    ? icon(Glyph::Advice)
           : m_kind == Kind::Warning ? icon(Glyph::Warning)
                                     : icon(Glyph::Error);
}

void MessageBar::setSlim()
{
    m_isSlim = true;
    const QFontMetricsF metrics(font());
    m_row->setContentsMargins(scaledInt(metrics, 14), 0, scaledInt(metrics, 6), 0);
    m_label->hide();
    m_room = new QWidget(this);
    m_room->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_room->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_row->insertWidget(m_row->indexOf(m_label), m_room, 1);
    setFixedHeight(slimHeight(font()));
}

int MessageBar::slimHeight(const QFont &font)
{
    return scaledInt(QFontMetricsF(font), SlimHeight);
}

void MessageBar::setState(std::optional<IncidentState> state)
{
    m_state = state;
}

void MessageBar::setSpoken(const QString &spoken)
{
    m_spoken = spoken;
}

void MessageBar::setSettled(bool settled)
{
    if (settled == m_isSettled) {
        return;
    }
    m_isSettled = settled;
    for (QPushButton *button : std::as_const(m_actions)) {
        button->setEnabled(!settled);
    }
    update();
}

void MessageBar::setRoomAtEnd(int pixels)
{
    QMargins margins = m_row->contentsMargins();
    margins.setRight(scaledInt(QFontMetricsF(font()), 6) + pixels);
    m_row->setContentsMargins(margins);
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
    m_mark->setPixmap(mark().pixmap(QSize(size, size), devicePixelRatioF()));
    if (m_isSlim) {
        setToolTip(PlainText::wrapped(text()));
    } else {
        m_label->setText(
            QStringLiteral("<b>%1</b> %2").arg(headline.toHtmlEscaped(), sentence.toHtmlEscaped()));
    }
    announce();
    setSpokenName(this, m_spoken.isEmpty() ? text() : m_spoken);
    show();
    update();
}

void MessageBar::announce()
{
    // A message that counts down is the same one.
    static const QRegularExpression figures(QStringLiteral("\\d+"));
    const auto withoutFigures = [](QString words) { return words.remove(figures); };
    if (m_isSilent || (isVisible() && withoutFigures(accessibleName()) == withoutFigures(text()))) {
        return;
    }
    const bool isBad = m_kind == Kind::Warning || m_kind == Kind::Error;
    Announcer::say(this, text(),
                   isBad ? Announcer::Importance::Important : Announcer::Importance::Detail);
}

void MessageBar::showError(const QString &headline, const QString &sentence)
{
    setAction({});
    showMessage(Kind::Error, headline, sentence);
}

void MessageBar::showNotice(const QString &headline, const QString &sentence)
{
    setAction({});
    showMessage(Kind::Info, headline, sentence);
}

void MessageBar::setActions(const QStringList &texts)
{
    while (m_actions.size() < texts.size()) {
        auto *button = new MessageButton(this);
        // A click does not take the keys of a run away from where they are.
        button->setFocusPolicy(Qt::TabFocus);
        const int action = int(m_actions.size());
        connect(button, &QPushButton::clicked, this, [this, action] {
            if (action == 0) {
                Q_EMIT actionTriggered();
            }
            Q_EMIT actionChosen(action);
        });
        m_row->insertWidget(m_row->count() - 1, button);
        m_actions.append(button);
    }
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        const QString text = texts.value(i);
        if (m_actions[i]->text() != text) {
            m_actions[i]->setText(text);
        }
        m_actions[i]->setVisible(!text.isEmpty());
    }
}

void MessageBar::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void MessageBar::paintLine(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QRectF room = m_room->geometry();
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const QFontMetricsF heavy(bold);
    const QFontMetricsF metrics(font());
    painter.setPen(m_isSettled ? theme.secondary : theme.text);
    painter.setFont(bold);
    const QString head = heavy.elidedText(m_headline, Qt::ElideRight, room.width());
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, head);
    const qreal taken = heavy.horizontalAdvance(head) + metrics.horizontalAdvance(u' ');
    const qreal left = room.width() - taken;
    if (left < scaled(metrics, 40)) {
        return;
    }
    painter.setFont(font());
    painter.drawText(room.adjusted(taken, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_sentence, Qt::ElideRight, left));
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && isVisible()) {
        showMessage(m_kind, m_headline, m_sentence);
    }
}

void MessageBar::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const QFontMetricsF metrics(font());
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), mixed(theme.window, ink(),
                                   m_isSettled  ? 0.04
                                   : theme.dark ? 0.16
                                                : 0.1));
    painter.setPen(mixed(theme.window, ink(), 0.7));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    painter.fillRect(QRectF(0, 0, scaled(metrics, 4), height()), ink());
    if (m_isSlim) {
        paintLine(painter);
    }
}
