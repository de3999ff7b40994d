// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmentedcontrol.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/widgets/paintedbutton.h"

#include <QAccessibleWidget>
#include <QButtonGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

/** One of the choices. */
class SegmentedControl::Segment : public QToolButton
{
public:
    explicit Segment(SegmentedControl *control)
        : QToolButton(control)
        , m_control(control)
    {}

    QSize sizeHint() const override
    {
        const QFontMetricsF metrics(font());
        return paintedButtonSize(*this, scaledInt(metrics, m_control->m_isProminent ? 11 : 5),
                                 scaledInt(metrics, 4));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        const bool isFilled = isChecked() && m_control->m_isProminent;
        const bool isMarked = isChecked() || hasFocus();
        ButtonLook look;
        look.ground = isFilled ? theme.highlight : isChecked() ? theme.selectedRow : theme.base;
        look.edge = isMarked ? theme.accent : theme.border;
        look.edgeWidth = isMarked ? 2 : 1;
        look.sharesEdge = !isMarked && x() > 0;
        if (hasFocus() && isChecked()) {
            look.ring = isFilled ? QColor(Qt::white) : theme.text;
        }
        const bool isFaint = !isEnabled() || (m_control->m_isFaded && !isChecked());
        look.ink = isFilled  ? QColor(Qt::white)
                   : isFaint ? palette().color(QPalette::Disabled, QPalette::ButtonText)
                             : theme.text;
        look.iconMode = isFilled ? QIcon::Selected : isFaint ? QIcon::Disabled : QIcon::Normal;
        QPainter painter(this);
        paintButton(&painter, *this, look);
    }

private:
    const SegmentedControl *m_control;
};

/** One of several that exclude each other; its name has the words that it shows. */
class SegmentedControl::SegmentAccessible : public QAccessibleWidget
{
    Q_DECLARE_TR_FUNCTIONS(SegmentedControl)

public:
    explicit SegmentAccessible(Segment *segment)
        : QAccessibleWidget(segment, QAccessible::RadioButton)
    {}

    QString text(QAccessible::Text kind) const override
    {
        auto *button = static_cast<QAbstractButton *>(widget());
        QString shown = button->text();
        shown.remove(u'&');
        if (kind == QAccessible::Name) {
            return shown.isEmpty() ? button->accessibleName() : shown;
        }
        if (kind != QAccessible::Description) {
            return QAccessibleWidget::text(kind);
        }
        const QButtonGroup *group = button->group();
        const QString place =
            tr("%1 of %2").arg(group->id(button) + 1).arg(group->buttons().size());
        return shown.isEmpty() || button->accessibleName() == shown
                   ? place
                   : QString(button->accessibleName() + QStringLiteral(", ") + place);
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.checkable = true;
        state.checked = static_cast<const QAbstractButton *>(widget())->isChecked();
        return state;
    }

    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString &name) override
    {
        if (name == pressAction()) {
            static_cast<QAbstractButton *>(widget())->click();
        } else {
            QAccessibleWidget::doAction(name);
        }
    }
};

QAccessibleInterface *SegmentedControl::makeInterface(const QString &className, QObject *object)
{
    if (className == QLatin1String("SegmentedControl")) {
        return new QAccessibleWidget(static_cast<QWidget *>(object), QAccessible::Grouping);
    }
    auto *segment =
        className == QLatin1String("QToolButton") ? dynamic_cast<Segment *>(object) : nullptr;
    return segment ? new SegmentAccessible(segment) : nullptr;
}

SegmentedControl::SegmentedControl(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_group(new QButtonGroup(this))
{
    QAccessible::installFactory(&SegmentedControl::makeInterface); // Qt ignores a second time
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idClicked, this, &SegmentedControl::chosen);
}

void SegmentedControl::addChoice(const QString &text, const QIcon &image,
                                 const QString &accessibleName)
{
    auto *button = new Segment(this);
    button->setCheckable(true);
    button->setText(text);
    button->setIcon(image);
    button->setAccessibleName(accessibleName);
    button->setToolTip(accessibleName);
    button->setToolButtonStyle(text.isEmpty() ? Qt::ToolButtonIconOnly
                                              : Qt::ToolButtonTextBesideIcon);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setMinimumHeight(scaledInt(QFontMetricsF(font()), 30));
    const int side = scaledInt(QFontMetricsF(font()), 18);
    button->setIconSize({side, side});
    m_group->addButton(button, int(m_group->buttons().size()));
    m_row->addWidget(button);
    updateTabStop();
}

int SegmentedControl::current() const
{
    return m_group->checkedId();
}

void SegmentedControl::setCurrent(int choice)
{
    if (choice == m_group->checkedId()) {
        return;
    }
    if (QAbstractButton *button = m_group->button(choice)) {
        button->setChecked(true);
        updateTabStop();
        return;
    }
    m_group->setExclusive(false);
    for (QAbstractButton *button : m_group->buttons()) {
        button->setChecked(false);
    }
    m_group->setExclusive(true);
    updateTabStop();
}

void SegmentedControl::updateTabStop()
{
    // Tab leads to what is taken, from where the arrows go on; from another they would take
    // nothing.
    const int stop = std::max(0, current());
    for (QAbstractButton *button : m_group->buttons()) {
        button->setFocusPolicy(m_group->id(button) == stop ? Qt::StrongFocus : Qt::ClickFocus);
    }
}

void SegmentedControl::setProminent()
{
    m_isProminent = true;
    update();
}

void SegmentedControl::setFaded(bool faded)
{
    if (faded == m_isFaded) {
        return;
    }
    m_isFaded = faded;
    for (QAbstractButton *button : m_group->buttons()) {
        button->update();
    }
}
