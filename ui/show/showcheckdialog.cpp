// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/showcheckdialog.h"

#include "app/readiness/showcheck.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/show/audiencescreen.h"
#include "ui/show/checkicon.h"
#include "ui/show/checklist.h"
#include "ui/widgets/opening.h"
#include "ui/widgets/spoken.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QShowEvent>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

namespace {

using State = CheckItem::State;

constexpr qreal HeadlineFactor = 1.3;

/** What is checked: the show's name, how much of it there is, and where it goes. */
QString subjectOf(const ShowSetup &setup)
{
    if (!setup.plan) {
        return setup.timeline.name;
    }
    const auto sent = std::count_if(setup.plan->incidents.begin(), setup.plan->incidents.end(),
                                    [](const PlannedIncident &planned) { return planned.sends; });
    const QString target = setup.target.isSandbox ? ShowCheckDialog::tr("the sandbox")
                                                  : setup.target.base.toDisplayString();
    return ShowCheckDialog::tr("%1: %2 in %3 at %4, to %5")
        .arg(setup.timeline.name,
             sent == 1 ? ShowCheckDialog::tr("1 incident")
                       : ShowCheckDialog::tr("%1 incidents").arg(sent),
             timeText(setup.length()), speedText(setup.plan->speed), target);
}

} // namespace

ShowCheckDialog::ShowCheckDialog(ShowCheck *check, QWidget *parent)
    : QDialog(parent)
    , m_check(check)
    , m_mark(new QLabel(this))
    , m_headline(new QLabel(this))
    , m_subject(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_list(new CheckList(check, this))
    , m_again(new QPushButton(this))
{
    setWindowTitle(tr("Check before the show"));
    const QFontMetricsF metrics(font());
    QFont heading = m_headline->font();
    heading.setPointSizeF(heading.pointSizeF() * HeadlineFactor);
    heading.setWeight(QFont::DemiBold);
    m_headline->setFont(heading);
    for (QLabel *label : {m_headline, m_subject}) {
        label->setTextFormat(Qt::PlainText);
    }
    m_subject->setWordWrap(true);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(scaledInt(metrics, 4));
    m_progress->setAccessibleName(tr("How much is checked"));
    QSizePolicy keepsItsPlace = m_progress->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keepsItsPlace);

    auto *words = new QVBoxLayout;
    words->setSpacing(scaledInt(metrics, 2));
    words->addWidget(m_headline);
    words->addWidget(m_subject);
    auto *head = new QHBoxLayout;
    head->setSpacing(scaledInt(metrics, 12));
    head->addWidget(m_mark, 0, Qt::AlignTop);
    head->addLayout(words, 1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false); // that is what Esc is for
    m_again->setObjectName(QStringLiteral("checkAgain"));
    buttons->addButton(m_again, QDialogButtonBox::ActionRole);
    m_start = buttons->addButton(tr("&Start the show"), QDialogButtonBox::AcceptRole);
    m_start->setObjectName(QStringLiteral("startShow"));

    auto *column = new QVBoxLayout(this);
    column->setSpacing(scaledInt(metrics, 8));
    column->addLayout(head);
    column->addWidget(m_progress);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    resize(scaledInt(metrics, 760), scaledInt(metrics, 620));

    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (m_check->isRunning()) {
            m_check->cancel();
        } else {
            m_check->start();
        }
    });
    connect(m_list, &CheckList::fixRequested, this, [this](const QString &fixId) {
        if (fixId == u"open-runs-folder") {
            openRunsFolder();
        } else {
            Q_EMIT fixRequested(fixId);
        }
    });
    connect(m_check, &ShowCheck::restarted, this, &ShowCheckDialog::updateState);
    connect(m_check, &ShowCheck::itemChanged, this, &ShowCheckDialog::updateState);
    connect(m_check, &ShowCheck::finished, this, &ShowCheckDialog::updateState);
    connect(qGuiApp, &QGuiApplication::screenAdded, this, &ShowCheckDialog::addAudience);
    connect(qGuiApp, &QGuiApplication::screenRemoved, this, &ShowCheckDialog::addAudience);
    setFixes({});
    addAudience();
    updateState();
}

void ShowCheckDialog::setFixes(const QStringList &fixIds)
{
    m_list->setFixes(fixIds + QStringList{QStringLiteral("open-runs-folder")});
}

void ShowCheckDialog::setCanStart(bool canStart)
{
    m_canStart = canStart;
    updateState();
}

void ShowCheckDialog::addAudience()
{
    m_check->setItem(audienceScreenItem());
}

void ShowCheckDialog::openRunsFolder() const
{
    QString folder = m_check->setup().journalFolder;
    while (!QFileInfo::exists(folder) && !QDir(folder).isRoot()) {
        folder = QFileInfo(folder).path();
    }
    Opening::openFolder(folder);
}

void ShowCheckDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!event->spontaneous() && !m_check->isRunning()) {
        m_check->start();
    }
}

void ShowCheckDialog::done(int result)
{
    m_check->cancel();
    QDialog::done(result);
}

void ShowCheckDialog::keyPressEvent(QKeyEvent *event)
{
    // Enter waits with the user until all is known.
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_check->isRunning()) {
        event->accept();
    } else {
        QDialog::keyPressEvent(event);
    }
}

void ShowCheckDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_isUpdating) {
        updateState();
    }
}

void ShowCheckDialog::updateState()
{
    m_isUpdating = true; // a palette of its own is a change of palette
    const QList<CheckItem> &items = m_check->items();
    const State verdict = m_check->verdict();
    const bool isRunning = m_check->isRunning();
    const int size = scaledInt(QFontMetricsF(font()), 32);
    m_mark->setPixmap(checkIcon(verdict).pixmap(QSize(size, size), devicePixelRatioF()));
    setSpokenName(m_mark, stateName(verdict));
    m_headline->setText(verdictSentence(items));
    m_subject->setText(subjectOf(m_check->setup()));
    QPalette secondary = palette();
    secondary.setColor(QPalette::WindowText, Theme::of(palette()).secondary);
    m_subject->setPalette(secondary);
    m_progress->setMaximum(int(items.size()));
    m_progress->setValue(int(std::count_if(items.begin(), items.end(), [](const CheckItem &item) {
        return item.state != State::Running;
    })));
    m_progress->setVisible(isRunning);
    m_again->setText(isRunning ? tr("S&top checking") : tr("Check a&gain"));
    m_again->setShortcut(isRunning ? QKeySequence() : QKeySequence(Qt::Key_F5));
    m_again->setToolTip(isRunning ? tr("Leave open what is not known yet")
                                  : tr("Check everything again (F5)"));

    const bool isBlocked = m_check->blocksStart();
    const bool isDoubtful = isRunning || verdict == State::Problem;
    m_start->setVisible(m_canStart);
    m_start->setText(isDoubtful ? tr("&Start anyway") : tr("&Start the show"));
    m_start->setEnabled(!isBlocked);
    m_start->setToolTip(isBlocked ? tr("The timeline has errors, so it cannot be played.")
                                  : QString());
    // Enter does what is wise; while nothing is known yet that is to wait.
    QPushButton *wise = isRunning                                ? nullptr
                        : isDoubtful || isBlocked || !m_canStart ? m_again
                                                                 : m_start;
    for (QPushButton *button : {m_again, m_start}) {
        button->setAutoDefault(!isRunning);
        button->setDefault(button == wise);
    }
    m_isUpdating = false;
}
