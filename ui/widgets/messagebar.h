// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QStringList>

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

    /** `headline` is set off from the sentence that follows it. */
    void showMessage(Kind kind, const QString &headline, const QString &sentence);
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
    void announce();

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
