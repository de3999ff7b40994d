// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowlayout.h"

#include "ui/look/text.h"
#include "ui/settings/windowsettings.h"
#include "ui/window/windowdocks.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QScreen>
#include <QSettings>
#include <QStyle>
#include <utility>

namespace {

/** Counts up when docks or bars get others: an older layout would hide the new ones. */
constexpr int Version = 2;

} // namespace

WindowLayout::WindowLayout(QMainWindow &window, WindowDocks &docks)
    : m_window(window)
    , m_docks(docks)
{}

void WindowLayout::restore()
{
    const QSettings settings = windowSettings();
    if (!m_window.restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray())) {
        const QFontMetricsF metrics(m_window.font());
        const QRect room = m_window.screen()->availableGeometry();
        // The frame comes on top of it.
        const int title =
            m_window.style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, &m_window);
        m_window.resize(QSize(scaledInt(metrics, 1440), scaledInt(metrics, 880))
                            .boundedTo(room.size() - QSize(0, title)));
        if (m_window.width() == room.width()) {
            m_window.move(room.topLeft());
        }
    }
    m_window.restoreState(settings.value(QStringLiteral("layout")).toByteArray(), Version);
}

void WindowLayout::remember() const
{
    QSettings settings = windowSettings();
    settings.setValue(QStringLiteral("geometry"), m_window.saveGeometry());
    // Without its docks the window would come back without them.
    settings.setValue(QStringLiteral("layout"),
                      m_hidden.isEmpty() ? m_window.saveState(Version) : m_hidden);
}

void WindowLayout::hideDocks()
{
    m_hidden = m_window.saveState(Version);
    for (QDockWidget *dock : m_docks.all()) {
        dock->hide();
    }
}

void WindowLayout::showDocks()
{
    m_window.restoreState(std::exchange(m_hidden, {}), Version);
}
