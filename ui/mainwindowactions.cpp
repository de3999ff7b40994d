// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/runplan.h"
#include "app/settings/datapaths.h"
#include "ui/document/timelinedocument.h"
#include "ui/icons.h"
#include "ui/mainwindow.h"
#include "ui/player/runcontroller.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/clocklabel.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QTabWidget>
#include <QTextBrowser>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace {

constexpr double OfferedSpeeds[]{0.1, 0.5, 1, 2, 5, 10, 60, 120, 1000};

} // namespace

void MainWindow::makeActions()
{
    const auto make = [this](const QString &text, const QKeySequence &key, const QIcon &image) {
        auto *action = new QAction(image, text, this);
        action->setShortcut(key);
        QString plain = text;
        plain.remove(u'&').remove(QChar(0x2026));
        action->setIconText(plain);
        action->setToolTip(key.isEmpty()
                               ? plain
                               : tr("%1 (%2)").arg(plain, key.toString(QKeySequence::NativeText)));
        addAction(action);
        return action;
    };
    m_actions.open = make(tr("&Open…"), QKeySequence::Open, icon(Glyph::Open));
    m_actions.reload = make(tr("&Reload"), QKeySequence(tr("Ctrl+R")), {});
    m_actions.quit = make(tr("&Quit"), QKeySequence(tr("Ctrl+Q")), {});
    m_actions.toStart =
        make(tr("Back to the &start"), QKeySequence(tr("Ctrl+Home")), icon(Glyph::ToStart));
    m_actions.play = make(tr("&Start"), QKeySequence(Qt::Key_Space), icon(Glyph::Play));
    m_actions.go = make(tr("&GO"), QKeySequence(tr("Ctrl+Return")), {});
    m_actions.skip = make(tr("S&kip"), QKeySequence(tr("S")), icon(Glyph::Skip));
    m_actions.fire = make(tr("&Fire now"), QKeySequence(tr("Shift+Return")), icon(Glyph::Fire));
    m_actions.stop = make(tr("S&top"), QKeySequence(Qt::Key_Escape), icon(Glyph::Stop));
    m_actions.target = make(tr("&Target…"), QKeySequence(tr("Ctrl+T")), icon(Glyph::Target));
    m_actions.check = make(tr("&Check"), QKeySequence(Qt::Key_F5), icon(Glyph::Check));
    m_actions.zoomIn = make(tr("Zoom &in"), QKeySequence(tr("+")), icon(Glyph::ZoomIn));
    m_actions.zoomOut = make(tr("Zoom &out"), QKeySequence(tr("-")), icon(Glyph::ZoomOut));
    m_actions.fit = make(tr("&Fit everything"), QKeySequence(tr("0")), icon(Glyph::ZoomFit));
    m_actions.follow =
        make(tr("Follow the &playhead"), QKeySequence(tr("Ctrl+L")), icon(Glyph::Follow));
    m_actions.compact = make(tr("&Compact rows"), QKeySequence(tr("Ctrl+K")), {});
    m_actions.fullScreen = make(tr("F&ull screen"), QKeySequence(Qt::Key_F11), {});
    m_actions.keys = make(tr("&Keys"), QKeySequence(tr("?")), {});
    m_actions.about = make(tr("&About Timeline Orchestrator"), {}, {});

    m_actions.toStart->setToolTip(tr("Back to the start, ready to play again (Ctrl+Home)"));
    m_actions.skip->setToolTip(tr("Leave the next incident out (S)"));
    m_actions.fire->setToolTip(tr("Send the next incident at once (Shift+Return)"));
    m_actions.stop->setToolTip(tr("Stop the run (Esc, twice)"));
    m_actions.go->setToolTip(tr("Open the hold (Space or Ctrl+Return)"));
    for (QAction *toggle : {m_actions.follow, m_actions.compact, m_actions.fullScreen})
        toggle->setCheckable(true);
    m_actions.follow->setChecked(true);

    connect(m_actions.open, &QAction::triggered, this, &MainWindow::chooseFile);
    connect(m_actions.reload, &QAction::triggered, this, [this] { openFile(m_document->path()); });
    connect(m_actions.quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.toStart, &QAction::triggered, this, &MainWindow::backToStart);
    connect(m_actions.play, &QAction::triggered, this, &MainWindow::startOrPause);
    connect(m_actions.go, &QAction::triggered, this, &MainWindow::go);
    connect(m_actions.skip, &QAction::triggered, this,
            [this] { m_run->skip(m_actions.skip->data().toInt()); });
    connect(m_actions.fire, &QAction::triggered, this, [this] { m_run->fireNow(); });
    connect(m_actions.stop, &QAction::triggered, this, &MainWindow::stop);
    connect(m_actions.target, &QAction::triggered, this, &MainWindow::chooseTarget);
    connect(m_actions.check, &QAction::triggered, this, [this] {
        checkTimeline();
        m_tabs->setCurrentIndex(1);
    });
    connect(m_actions.zoomIn, &QAction::triggered, m_view, &TimelineView::zoomIn);
    connect(m_actions.zoomOut, &QAction::triggered, m_view, &TimelineView::zoomOut);
    connect(m_actions.fit, &QAction::triggered, m_view, &TimelineView::fit);
    connect(m_actions.follow, &QAction::toggled, m_view, &TimelineView::setFollowing);
    connect(m_actions.compact, &QAction::toggled, m_view, &TimelineView::setCompact);
    connect(m_actions.fullScreen, &QAction::toggled, this, [this](bool full) {
        setWindowState(windowState().setFlag(Qt::WindowFullScreen, full));
    });
    connect(m_actions.keys, &QAction::triggered, this, &MainWindow::showKeys);
    connect(m_actions.about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addAction(m_actions.open);
    QMenu *shipped = file->addMenu(tr("Open &shipped"));
    connect(shipped, &QMenu::aboutToShow, this, [this, shipped] { fillShippedMenu(shipped); });
    file->addAction(m_actions.reload);
    file->addSeparator();
    file->addAction(m_actions.quit);

    QMenu *run = menuBar()->addMenu(tr("&Run"));
    run->addActions({m_actions.play, m_actions.go, m_actions.skip, m_actions.fire});
    run->addSeparator();
    run->addActions({m_actions.stop, m_actions.toStart});
    run->addSeparator();
    QMenu *speeds = run->addMenu(tr("S&peed"));
    for (const double offered : OfferedSpeeds)
        connect(speeds->addAction(speedText(offered)), &QAction::triggered, this,
                [this, offered] { setSpeed(offered); });
    run->addActions({m_actions.target, m_actions.check});

    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->addActions({m_actions.zoomIn, m_actions.zoomOut, m_actions.fit});
    view->addSeparator();
    view->addActions({m_actions.follow, m_actions.compact});
    makeAppearanceMenu(view->addMenu(tr("&Appearance")));
    view->addSeparator();
    view->addAction(m_actions.fullScreen);

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addActions({m_actions.keys, m_actions.about});
}

void MainWindow::makeAppearanceMenu(QMenu *menu)
{
    auto *group = new QActionGroup(menu);
    QSettings settings(DataPaths::config() + u"/window.ini", QSettings::IniFormat);
    const int chosen = settings.value(QStringLiteral("appearance"), 0).toInt();
    const std::pair<Appearance, QString> choices[]{{Appearance::System, tr("&System")},
                                                   {Appearance::Light, tr("&Light")},
                                                   {Appearance::Dark, tr("&Dark")}};
    for (const auto &[appearance, name] : choices) {
        QAction *action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(int(appearance) == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [value = appearance] {
            applyAppearance(value);
            QSettings(DataPaths::config() + u"/window.ini", QSettings::IniFormat)
                .setValue(QStringLiteral("appearance"), int(value));
        });
    }
}

void MainWindow::fillShippedMenu(QMenu *menu)
{
    menu->clear();
    for (const DataPaths::NamedTimeline &known : DataPaths::timelines())
        connect(menu->addAction(known.id), &QAction::triggered, this,
                [this, path = known.path] { openFile(path); });
    if (menu->isEmpty())
        menu->addAction(tr("None found"))->setEnabled(false);
}

void MainWindow::makeToolBar()
{
    const QFontMetricsF metrics(font());
    QToolBar *bar = addToolBar(tr("Playing"));
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    const int side = scaledInt(metrics, 20);
    bar->setIconSize({side, side});
    const auto space = [&](int pixels) {
        auto *spacer = new QWidget(bar);
        spacer->setFixedWidth(scaledInt(metrics, pixels));
        bar->addWidget(spacer);
    };
    space(4);
    bar->addAction(m_actions.open);
    bar->addSeparator();
    bar->addActions({m_actions.toStart, m_actions.play, m_actions.stop});
    space(10);

    m_clock = new ClockLabel(1.75, QStringLiteral("00:00:00.0"), bar);
    m_clock->setObjectName(QStringLiteral("clock"));
    m_clock->setText(tenthsClockText({}));
    bar->addWidget(m_clock);
    space(6);
    m_ofDuration = new QLabel(bar);
    m_ofDuration->setForegroundRole(QPalette::PlaceholderText);
    bar->addWidget(m_ofDuration);
    space(12);

    m_speed = new QComboBox(bar);
    m_speed->setObjectName(QStringLiteral("speed"));
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("How fast the timeline is played: 0.1 to 1000 times its own pace"));
    m_speed->setEditable(true);
    m_speed->setInsertPolicy(QComboBox::NoInsert);
    m_speed->setMinimumWidth(scaledInt(metrics, 84));
    for (const double offered : OfferedSpeeds)
        m_speed->addItem(speedText(offered), offered);
    setSpeed(1);
    connect(m_speed, &QComboBox::activated, this,
            [this](int item) { setSpeed(m_speed->itemData(item).toDouble()); });
    connect(m_speed->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        bool read = false;
        QString text = m_speed->currentText();
        const double typed =
            QLocale().toDouble(text.remove(QChar(0xD7)).remove(u'x').trimmed(), &read);
        setSpeed(read ? typed : speed());
    });
    bar->addWidget(m_speed);

    auto *stretch = new QWidget(bar);
    stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(stretch);
    bar->addActions({m_actions.zoomOut, m_actions.zoomIn, m_actions.fit, m_actions.follow});
    space(12);
    m_targetChip = new QToolButton(bar);
    m_targetChip->setObjectName(QStringLiteral("target"));
    m_targetChip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_targetChip->setIcon(icon(Glyph::Target));
    m_targetChip->setFocusPolicy(Qt::TabFocus);
    m_targetChip->setToolTip(tr("Choose where incidents are sent (Ctrl+T)"));
    connect(m_targetChip, &QToolButton::clicked, m_actions.target, &QAction::trigger);
    bar->addWidget(m_targetChip);
    space(6);
    updateTargetChip();
    for (QToolButton *button : bar->findChildren<QToolButton *>())
        button->setFocusPolicy(Qt::TabFocus);
}

double MainWindow::speed() const
{
    return m_speed->property("speed").toDouble();
}

void MainWindow::setSpeed(double speed)
{
    const double kept = std::clamp(speed, MinimumSpeed, MaximumSpeed);
    const bool changed = kept != this->speed();
    m_speed->setProperty("speed", kept);
    m_speed->setCurrentText(speedText(kept));
    if (!changed)
        return;
    m_run->setSpeed(kept);
    if (m_limit)
        updateStatus();
}

void MainWindow::showKeys()
{
    QString rows;
    const auto row = [&rows](const QString &key, const QString &text) {
        rows += u"<tr><td><b>" + key.toHtmlEscaped() + u"</b></td><td style='padding-left:16px'>" +
                text.toHtmlEscaped() + u"</td></tr>";
    };
    for (const QAction *action : actions()) {
        if (!action->shortcut().isEmpty())
            row(action->shortcut().toString(QKeySequence::NativeText), action->iconText());
    }
    row(tr("Left, Right"), tr("Incident before, incident after"));
    row(tr("Home, End"), tr("Start, end of the timeline"));
    row(tr("Return"), tr("Open the incident"));
    row(tr("Wheel"), tr("Scroll; with Shift sideways; with Ctrl zoom at the pointer"));

    QDialog dialog(this);
    dialog.setWindowTitle(tr("Keys"));
    auto *text = new QTextBrowser(&dialog);
    text->setFrameShape(QFrame::NoFrame);
    text->setHtml(u"<table cellspacing='4'>" + rows + u"</table>");
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto *column = new QVBoxLayout(&dialog);
    column->addWidget(text);
    column->addWidget(buttons);
    const QFontMetricsF metrics(font());
    dialog.resize(scaledInt(metrics, 460), scaledInt(metrics, 560));
    dialog.exec();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Timeline Orchestrator"),
                       tr("<h3>Timeline Orchestrator %1</h3><p>Plays a timeline of incidents "
                          "against an incident API, each at its moment and exactly once.</p>"
                          "<p>Free software under the GNU General Public License, version 3 or "
                          "later.</p>")
                           .arg(QStringLiteral(ORCHESTRATOR_VERSION)));
}
