// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmentedcontrol.h"

#include "ui/text.h"
#include "ui/theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>
#include <algorithm>

SegmentedControl::SegmentedControl(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_group(new QButtonGroup(this))
{
    m_row->setContentsMargins(1, 0, 0, 0); // for the edge of the first
    m_row->setSpacing(0);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idClicked, this, &SegmentedControl::chosen);
    updateLook();
}

void SegmentedControl::addChoice(const QString &text, const QIcon &image,
                                 const QString &accessibleName)
{
    auto *button = new QToolButton(this);
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
    if (choice == m_group->checkedId())
        return;
    if (QAbstractButton *button = m_group->button(choice)) {
        button->setChecked(true);
        updateTabStop();
        return;
    }
    m_group->setExclusive(false);
    for (QAbstractButton *button : m_group->buttons())
        button->setChecked(false);
    m_group->setExclusive(true);
    updateTabStop();
}

void SegmentedControl::updateTabStop()
{
    // Tab leads to what is taken, from where the arrows go on; from another they would take
    // nothing.
    const int stop = std::max(0, current());
    for (QAbstractButton *button : m_group->buttons())
        button->setFocusPolicy(m_group->id(button) == stop ? Qt::StrongFocus : Qt::ClickFocus);
}

void SegmentedControl::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateLook();
}

void SegmentedControl::setProminent()
{
    m_isProminent = true;
    updateLook();
}

void SegmentedControl::setFaded(bool faded)
{
    if (faded == m_isFaded)
        return;
    m_isFaded = faded;
    updateLook();
}

void SegmentedControl::updateLook()
{
    const Theme &theme = Theme::of(palette());
    const QColor ink =
        m_isFaded ? palette().color(QPalette::Disabled, QPalette::ButtonText) : theme.text;
    const QString padding = m_isProminent
                                ? QStringLiteral("%1px").arg(scaledInt(QFontMetricsF(font()), 10))
                                : QStringLiteral("3px");
    const QString look =
        QStringLiteral("QToolButton { border: 1px solid %1; margin-left: -1px; background: %2; "
                       "color: %3; padding: 2px %7; } "
                       "QToolButton:checked { background: %4; border: 2px solid %5; color: %8; } "
                       "QToolButton:focus { border: 2px solid %5; } "
                       "QToolButton:disabled { color: %6; }")
            .arg(theme.border.name(), theme.base.name(), ink.name(),
                 (m_isProminent ? theme.highlight : theme.selectedRow).name(), theme.accent.name(),
                 theme.secondary.name(), padding,
                 (m_isProminent ? QColor(Qt::white) : theme.text).name());
    if (look != styleSheet())
        setStyleSheet(look);
}
