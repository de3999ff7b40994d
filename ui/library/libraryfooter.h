// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

/** The line below the library: what can be done with an entry, and the buttons of the panel. */
class LibraryFooter : public QWidget
{
    Q_OBJECT

public:
    explicit LibraryFooter(QWidget *parent = nullptr);

    void setText(const QString &text);
    /** Shows whether the preview is there. */
    void setPreviewChecked(bool checked);

Q_SIGNALS:
    void previewToggled(bool shown);
    void createRequested();
    /** The menu is wanted at that point of the screen. */
    void menuRequested(const QPoint &globalPos);

private:
    QLabel *m_text = nullptr;
    QToolButton *m_preview = nullptr;
};
