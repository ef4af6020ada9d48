"""Accounts and roles, with every change of rights in the newsroom's history."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from articles.admin.desk import DeskAdmin
from articles.admin.site import desk


@admin.register(User, site=desk)
class AccountAdmin(DeskAdmin, UserAdmin):
    list_display = ["username", "first_name", "last_name", "email", "is_active", "is_staff"]


@admin.register(Group, site=desk)
class RoleAdmin(DeskAdmin, GroupAdmin):
    list_display = ["name"]
