// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <functional>
#include <memory>

class CommandSet;
class IncidentTableModel;
class LibraryPanel;
class MessageBar;
class OperatorView;
class PromptTabs;
class PropertiesPanel;
class RunController;
class RunRecord;
class RunSession;
class ShowViews;
class ShowWatch;
class TimelineDocument;
class TimelineView;
struct RunPlan;
struct Timeline;
struct UnsavedTimeline;
struct WindowParts;

/**
 * The window: puts its parts together and connects them, and takes the events that only a window
 * gets. What the parts do lies with them.
 */
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    /** Opens a file. Keeps the old timeline and says why if the file cannot be read. */
    bool openFile(const QString &path);
    /** Opens a timeline that comes with the program, as openFile() does. */
    bool openShipped(const QString &id);
    /** Shows what a crash has left, as a modified document. */
    void takeOver(const UnsavedTimeline &left);
    /** Shows incidents as a timeline of their own, not saved yet. */
    void startWith(const Timeline &timeline);
    /** Asks whether to continue a run that a crash has cut off, if there is one. */
    void offerInterruptedRun();
    /** Keeps what is unsaved for the next start and stops the run: nobody can be asked. */
    void leaveUnasked();
    /** Shows a sentence in the message bar. */
    void showError(const QString &headline, const QString &sentence);

    // The window owns all of these.
    TimelineView *timelineView() const;
    IncidentTableModel *incidentModel() const;
    RunController *controller() const;
    CommandSet *commands() const;
    LibraryPanel *library() const;
    PropertiesPanel *properties() const;
    MessageBar *messageBar() const;
    MessageBar *summaryBar() const;
    RunSession *session() const;
    OperatorView *operatorView() const;
    ShowWatch *watch() const;
    ShowViews *views() const;
    TimelineDocument *document() const;
    PromptTabs *prompts() const;
    const Timeline &timeline() const;

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void connectFiles();
    void connectRun();
    void connectWatch();
    void connectLibrary();
    void openInNewWindow(const QString &path);
    void startInNewWindow(const Timeline &timeline);
    void playInNewWindow(const Timeline &timeline, const RunPlan &plan, const RunRecord &record);
    /** Opens the generators' settings and returns at once; `closed` is called after them. */
    void showGenerators(const std::function<void()> &closed = {});
    bool mayClose();

    std::unique_ptr<WindowParts> m_parts; ///< nullptr before they are built and once they go
};
