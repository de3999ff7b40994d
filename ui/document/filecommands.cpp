// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/filecommands.h"

#include "app/base/localpath.h"
#include "app/settings/datapaths.h"
#include "app/timeline/timelinefile.h"
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/icons.h"
#include "ui/settings/windowsettings.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>
#include <utility>

namespace {

constexpr int MostRecent = 10;

} // namespace

FileCommands::FileCommands(TimelineDocument &document, CommandSet &commands, MessageBar &bar,
                           QWidget *window)
    : QObject(window)
    , m_document(document)
    , m_bar(bar)
    , m_window(window)
    , m_autosave(document)
{
    makeCommands(commands);
    connect(&m_autosave, &Autosave::saved, this, [this](const QDateTime &at) {
        Q_EMIT autosaved(
            tr("Autosaved %1").arg(QLocale().toString(at.time(), QLocale::ShortFormat)));
    });
    connect(&m_autosave, &Autosave::failed, this, [this](const Error &error) {
        Q_EMIT autosaved(tr("Not autosaved"));
        m_bar.setAction({});
        m_bar.showMessage(MessageBar::Kind::Warning, tr("What is not saved is not safe."),
                          error.message);
    });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &FileCommands::checkDisk);
    connect(&document, &TimelineDocument::pathChanged, this, &FileCommands::watch);
    connect(&document, &TimelineDocument::modifiedChanged, this, [this](bool modified) {
        updateEnabled();
        if (!modified) {
            Q_EMIT autosaved({});
        }
    });
    connect(&document, &TimelineDocument::lockedChanged, this, &FileCommands::updateEnabled);
    connect(&m_bar, &MessageBar::actionTriggered, this,
            [this] { m_isSaveAsOffered ? void(saveAs()) : revert(); });
    updateEnabled();
}

void FileCommands::makeCommands(CommandSet &commands)
{
    const QString file = tr("File");
    m_new = commands.add(QStringLiteral("file.new"), file, tr("&New"), {QKeySequence(tr("Ctrl+N"))},
                         icon(Glyph::New));
    m_newWindow = commands.add(QStringLiteral("file.newWindow"), file, tr("New &window"),
                               {QKeySequence(tr("Ctrl+Shift+N"))});
    m_open = commands.add(QStringLiteral("file.open"), file, tr("&Open…"),
                          {QKeySequence(tr("Ctrl+O"))}, icon(Glyph::Open));
    m_openInWindow = commands.add(QStringLiteral("file.openInWindow"), file,
                                  tr("Open in a new w&indow…"), {QKeySequence(tr("Ctrl+Shift+O"))});
    m_save = commands.add(QStringLiteral("file.save"), file, tr("&Save"),
                          {QKeySequence(tr("Ctrl+S"))}, icon(Glyph::Save));
    m_saveAs = commands.add(QStringLiteral("file.saveAs"), file, tr("Save &as…"),
                            {QKeySequence(tr("Ctrl+Shift+S"))});
    m_revert = commands.add(QStringLiteral("file.revert"), file, tr("&Revert to the file"),
                            {QKeySequence(tr("Ctrl+R"))});
    connect(m_new, &QAction::triggered, this, &FileCommands::startNew);
    connect(m_newWindow, &QAction::triggered, this, [this] { Q_EMIT newWindowRequested({}); });
    connect(m_open, &QAction::triggered, this, [this] { chooseFile(false); });
    connect(m_openInWindow, &QAction::triggered, this, [this] { chooseFile(true); });
    connect(m_save, &QAction::triggered, this, &FileCommands::save);
    connect(m_saveAs, &QAction::triggered, this, &FileCommands::saveAs);
    connect(m_revert, &QAction::triggered, this, &FileCommands::revert);
}

void FileCommands::fillMenu(QMenu *menu)
{
    menu->addActions({m_new, m_newWindow});
    menu->addSeparator();
    menu->addActions({m_open, m_openInWindow});
    QMenu *recent = menu->addMenu(tr("Open r&ecent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecent(recent); });
    QMenu *shipped = menu->addMenu(tr("Open s&hipped"));
    connect(shipped, &QMenu::aboutToShow, this, [this, shipped] { fillShipped(shipped); });
    menu->addSeparator();
    menu->addActions({m_save, m_saveAs, m_revert});
}

void FileCommands::fillRecent(QMenu *menu)
{
    menu->clear();
    for (const QString &path : recentFiles()) {
        connect(menu->addAction(QDir::toNativeSeparators(path).replace(QLatin1String("&"),
                                                                       QLatin1String("&&"))),
                &QAction::triggered, this, [this, path] { open(path); });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("Nothing was opened yet"))->setEnabled(false);
    }
}

void FileCommands::fillShipped(QMenu *menu)
{
    menu->clear();
    for (const DataPaths::NamedTimeline &known : DataPaths::timelines()) {
        connect(menu->addAction(known.id), &QAction::triggered, this,
                [this, path = known.path] { open(path); });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("None found"))->setEnabled(false);
    }
}

QStringList FileCommands::recentFiles()
{
    QStringList recent = windowSettings().value(QStringLiteral("recent")).toStringList();
    recent.removeIf([](const QString &path) { return !QFileInfo::exists(path); });
    return recent;
}

void FileCommands::remember(const QString &path)
{
    QStringList recent = recentFiles();
    recent.removeAll(path);
    recent.prepend(path);
    windowSettings().setValue(QStringLiteral("recent"), recent.mid(0, MostRecent));
}

void FileCommands::updateEnabled()
{
    const bool open = !m_document.isLocked();
    for (QAction *action : {m_new, m_open}) {
        action->setEnabled(open);
    }
    m_revert->setEnabled(open && !m_document.path().isEmpty());
}

QString FileCommands::dialogFolder() const
{
    if (!m_document.path().isEmpty() && !isShipped(m_document.path())) {
        return QFileInfo(m_document.path()).absolutePath();
    }
    const QString own = DataPaths::user(QStringLiteral("timelines"));
    QDir().mkpath(own);
    return own;
}

bool FileCommands::isShipped(const QString &path) const
{
    const QString folder =
        QFileInfo(DataPaths::shipped(QStringLiteral("timelines"))).canonicalFilePath();
    return !folder.isEmpty() && QFileInfo(path).canonicalFilePath().startsWith(folder + u'/');
}

void FileCommands::startNew()
{
    if (mayGoAway()) {
        m_bar.hide();
        m_document.clear();
    }
}

void FileCommands::chooseFile(bool inNewWindow)
{
    const QString path = QFileDialog::getOpenFileName(
        m_window, tr("Open a timeline"), dialogFolder(), tr("Timelines (*.json);;All files (*)"));
    if (path.isEmpty()) {
        return;
    }
    if (inNewWindow) {
        Q_EMIT newWindowRequested(path);
    } else {
        open(path);
    }
}

bool FileCommands::open(const QString &named)
{
    const Result<QString> path =
        named == u"-" ? Result<QString>(fail(tr("A window cannot save to standard input. Write the "
                                                "timeline to a file, and open that.")))
                      : localPath(named);
    const QString name = path ? QFileInfo(*path).fileName() : named;
    m_bar.setAction({});
    if (!path) {
        m_bar.showMessage(MessageBar::Kind::Error, tr("“%1” was not opened.").arg(name),
                          path.error().message);
        return false;
    }
    if (m_document.isLocked()) {
        m_bar.showMessage(MessageBar::Kind::Error, tr("“%1” was not opened.").arg(name),
                          m_document.lockReason());
        return false;
    }
    if (!mayGoAway()) {
        return false;
    }
    if (const auto read = m_document.load(*path); !read) {
        m_bar.showMessage(MessageBar::Kind::Error, tr("“%1” was not opened.").arg(name),
                          read.error().toString());
        return false;
    }
    m_bar.hide();
    remember(m_document.path());
    return true;
}

bool FileCommands::openShipped(const QString &id)
{
    const QString path = DataPaths::timelinePath(id);
    if (path.isEmpty()) {
        m_bar.setAction({});
        m_bar.showMessage(MessageBar::Kind::Error, tr("There is no timeline “%1”.").arg(id),
                          tr("File, Open shipped lists those there are."));
        return false;
    }
    return open(path);
}

bool FileCommands::settlePending(const QString &question, const QString &anyway)
{
    if (m_pending.take) {
        m_pending.take();
    }
    if (!m_pending.isLeft || !m_pending.isLeft()) {
        return true;
    }
    QMessageBox box(QMessageBox::Warning, tr("The JSON text"), question, QMessageBox::NoButton,
                    m_window);
    box.setObjectName(QStringLiteral("pendingQuestion"));
    box.setInformativeText(
        tr("The text in the JSON tab isn't part of the timeline yet, so other views don't show "
           "it."));
    QPushButton *go = box.addButton(tr("&Go there"), QMessageBox::RejectRole);
    const QPushButton *leave = box.addButton(anyway, QMessageBox::DestructiveRole);
    box.setDefaultButton(go);
    box.setEscapeButton(go);
    box.exec();
    if (box.clickedButton() == leave) {
        return true;
    }
    m_pending.show();
    return false;
}

bool FileCommands::save()
{
    if (!settlePending(tr("Save without the text that was typed?"), tr("&Save without it"))) {
        return false;
    }
    // What came with the program stays as it came; what is made from it is the user's own.
    if (m_document.path().isEmpty() || isShipped(m_document.path())) {
        return saveAs();
    }
    if (m_document.isChangedOnDisk() && QFileInfo::exists(m_document.path())) {
        QMessageBox question(QMessageBox::Warning, tr("Changed on disk"),
                             tr("Another program has changed “%1” since it was opened here.")
                                 .arg(QFileInfo(m_document.path()).fileName()),
                             QMessageBox::Cancel, m_window);
        question.setInformativeText(tr("Saving would overwrite those changes."));
        QPushButton *overwrite = question.addButton(tr("&Overwrite"), QMessageBox::DestructiveRole);
        QPushButton *other = question.addButton(tr("Save &as…"), QMessageBox::AcceptRole);
        question.setDefaultButton(other);
        question.exec();
        if (question.clickedButton() == other) {
            return saveAs();
        }
        if (question.clickedButton() != overwrite) {
            return false;
        }
    }
    return saveTo(m_document.path());
}

bool FileCommands::saveAs()
{
    if (m_pending.take) {
        m_pending.take();
    }
    QString name = QFileInfo(m_document.path()).fileName();
    if (name.isEmpty()) {
        name = m_document.timeline().name.simplified().toLower();
        name.replace(u' ', u'_').remove(u'/');
        name = (name.isEmpty() ? tr("timeline") : name) + u".json";
    }
    // An ending that is missing is added before the dialog asks about a file that is there.
    QFileDialog dialog(m_window, tr("Save the timeline"), dialogFolder(),
                       tr("Timelines (*.json);;All files (*)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("json"));
    dialog.selectFile(name);
    if (dialog.exec() != QDialog::Accepted) {
        return false;
    }
    return saveTo(dialog.selectedFiles().constFirst());
}

bool FileCommands::saveTo(const QString &path)
{
    const auto saved = m_document.save(path);
    if (!saved) {
        m_isSaveAsOffered = true;
        m_bar.setAction(tr("Save &as…"));
        m_bar.showMessage(MessageBar::Kind::Error, tr("Not saved."), saved.error().message);
        return false;
    }
    m_bar.hide();
    remember(m_document.path());
    watch();
    return true;
}

bool FileCommands::mayGoAway()
{
    if (!settlePending(tr("Lose the text that was typed?"), tr("&Lose it"))) {
        return false;
    }
    if (!m_document.isModified()) {
        return true;
    }
    QMessageBox question(QMessageBox::Question, tr("Not saved"),
                         tr("“%1” has changes that are not saved.").arg(m_document.displayName()),
                         QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    question.setObjectName(QStringLiteral("unsavedQuestion"));
    question.setInformativeText(tr("Without saving they are lost."));
    question.setDefaultButton(QMessageBox::Save);
    switch (question.exec()) {
    case QMessageBox::Save:
        return save();
    case QMessageBox::Discard:
        return true;
    default:
        return false;
    }
}

void FileCommands::revert()
{
    if (m_document.path().isEmpty()) {
        return;
    }
    if (m_document.isLocked()) {
        m_bar.showMessage(
            MessageBar::Kind::Warning,
            tr("“%1” was not read again.").arg(QFileInfo(m_document.path()).fileName()),
            m_document.lockReason());
        return;
    }
    if (m_document.isModified()) {
        QMessageBox question(QMessageBox::Question, tr("Revert"),
                             tr("Read “%1” again, and forget the changes that are not saved?")
                                 .arg(QFileInfo(m_document.path()).fileName()),
                             QMessageBox::Cancel, m_window);
        QPushButton *really = question.addButton(tr("&Revert"), QMessageBox::DestructiveRole);
        question.exec();
        if (question.clickedButton() != really) {
            return;
        }
    }
    const QString path = m_document.path();
    m_bar.setAction({});
    if (const auto read = m_document.load(path); !read) {
        m_bar.showMessage(MessageBar::Kind::Error,
                          tr("“%1” was not read again.").arg(QFileInfo(path).fileName()),
                          read.error().toString());
    } else {
        m_bar.hide();
    }
}

void FileCommands::takeOver(const UnsavedTimeline &left)
{
    const auto restored = m_document.restore(left.text, left.path, left.diskVersion);
    m_bar.setAction({});
    if (!restored) {
        m_bar.showMessage(
            MessageBar::Kind::Error, tr("Unsaved work could not be restored."),
            tr("%1 It is still in “%2”.").arg(restored.error().toString(), left.file));
        return;
    }
    m_autosave.adopt(left);
    m_bar.showMessage(MessageBar::Kind::Warning, tr("Restored “%1”.").arg(m_document.displayName()),
                      tr("It was not saved when the program ended; this is its state of %1.")
                          .arg(QLocale().toString(left.at, QLocale::ShortFormat)));
}

void FileCommands::watch()
{
    if (!m_watcher.files().isEmpty()) {
        m_watcher.removePaths(m_watcher.files());
    }
    if (!m_document.path().isEmpty()) {
        m_watcher.addPath(m_document.path());
    }
    updateEnabled();
}

void FileCommands::checkDisk()
{
    if (m_document.path().isEmpty() || !m_document.isChangedOnDisk()) {
        return;
    }
    // Said once for each change: another message may have taken its place since.
    const QFileInfo now(m_document.path());
    const qint64 version = now.exists() ? now.lastModified().toMSecsSinceEpoch() : 0;
    if (std::exchange(m_toldVersion, version) == version) {
        return;
    }
    const QString name = QFileInfo(m_document.path()).fileName();
    const bool there = QFileInfo::exists(m_document.path());
    m_isSaveAsOffered = false;
    m_bar.setAction(there ? tr("Read it again") : QString());
    m_bar.showMessage(MessageBar::Kind::Warning,
                      there ? tr("“%1” was changed by another program.").arg(name)
                            : tr("“%1” is no longer there.").arg(name),
                      there ? tr("What you see is what you had; saving will ask.")
                            : tr("Save to write it again."));
    if (there) {
        m_watcher.addPath(m_document.path()); // a replaced file is no longer watched
    }
}

QString FileCommands::refusal(const QMimeData &mime)
{
    if (mime.urls().isEmpty()) {
        return tr("Only timeline files can be dropped on the window.");
    }
    for (const QUrl &url : mime.urls()) {
        if (!url.isLocalFile()) {
            return tr("“%1” is an address, not a file on this computer; download it first.")
                .arg(url.toDisplayString());
        }
        const QFileInfo info(url.toLocalFile());
        if (info.isDir()) {
            return tr("“%1” is a folder; drop a timeline file (.json) of it.").arg(info.fileName());
        }
        if (info.size() > TimelineFile::MaximumBytes) {
            return tr("“%1” has %2 MB; a timeline has at most 512 MB.")
                .arg(info.fileName(), QString::number(info.size() / 1048576));
        }
    }
    return {};
}
