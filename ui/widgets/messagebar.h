// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

#include <QFrame>
#include <QList>
#include <QStringList>
#include <optional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

/** A sentence inside the window, with a mark, that stays until it is answered or closed. */
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Success, Info, Warning, Error };

    explicit MessageBar(QWidget *parent = nullptr);

    /**
     * One line of a fixed height, for a stack of them: what does not fit ends in dots, and is in
     * the tool tip. Before anything is shown.
     */
    void setSlim();
    /** As high as a slim one is, in that font. */
    static int slimHeight(const QFont &font);
    /** Mark and color of that state instead of those of the kind. */
    void setState(std::optional<IncidentState> state);
    /** What a screen reader says where the message has a clock that counts; empty for the message
     * itself. Kept until the next call. */
    void setSpoken(const QString &spoken);
    /** What it was about is over: it only keeps its place, and its buttons do nothing. */
    void setSettled(bool settled);
    /** Pixels at the right end that are kept free. */
    void setRoomAtEnd(int pixels);

    /** `headline` is set off from the sentence that follows it. */
    void showMessage(Kind kind, const QString &headline, const QString &sentence);
    /** Shows an error without buttons. */
    void showError(const QString &headline, const QString &sentence);
    /** Shows what was done, without buttons. */
    void showNotice(const QString &headline, const QString &sentence);
    /** Empty takes the button away, and any others with it. */
    void setAction(const QString &text) { setActions({text}); }
    /** As many buttons; those with an empty text are left out. */
    void setActions(const QStringList &texts);
    /** Without, it stays until the program takes it away. */
    void setClosable(bool closable);
    /** Not announced to a screen reader: somebody else says it. */
    void setSilent() { m_isSilent = true; }
    QString text() const;
    Kind kind() const { return m_kind; }

Q_SIGNALS:
    /** The first of them. */
    void actionTriggered();
    /** Its place among them. */
    void actionChosen(int action);
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QColor ink() const;
    QIcon mark() const;
    void paintLine(QPainter &painter) const;
    void announce();

    bool m_isSlim = false;
    bool m_isSettled = false;
    std::optional<IncidentState> m_state;
    QString m_spoken;
    /** Of a slim one: where its words are painted. */
    QWidget *m_room = nullptr;
    Kind m_kind = Kind::Info;
    bool m_isSilent = false;
    QString m_headline;
    QString m_sentence;
    QLabel *m_mark = nullptr;
    QLabel *m_label = nullptr;
    QHBoxLayout *m_row = nullptr;
    QList<QPushButton *> m_actions;
    QToolButton *m_close = nullptr;
};
